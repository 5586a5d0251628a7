# esfkit in bash. Put it to use with: source <(esfkit --completion bash)
_esfkit() {
    local reply value mark about
    COMPREPLY=()
    reply=$(_ESFKIT_COMPLETE=bash "$1" -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null) || return 0
    compopt +o default 2>/dev/null  # bash has it from 4.0 on
    while IFS=$'\t' read -r value mark about; do
        [[ $value ]] || continue
        COMPREPLY+=("$value")
        [[ $mark == + ]] && compopt -o nospace 2>/dev/null
    done <<<"$reply"
    return 0
}
complete -o default -F _esfkit esfkit
