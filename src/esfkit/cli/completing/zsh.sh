#compdef esfkit
# esfkit in zsh. Put it to use, after compinit, with: source <(esfkit --completion zsh)
_esfkit() {
    local reply each line
    local -a parts values shown going_on going_on_shown
    line="${(j: :)words[1,CURRENT-1]} $IPREFIX$QIPREFIX$PREFIX"
    reply=$(_ESFKIT_COMPLETE=zsh "${(Q)words[1]}" -- "$line" 2>/dev/null)
    if (( $? )); then
        _files
        return
    fi
    for each in "${(@f)reply}"; do
        parts=("${(@s:	:)each}")
        [[ -n $parts[1] ]] || continue
        each="${parts[1]##*,}${parts[3]:+  -- $parts[3]}"
        if [[ $parts[2] == + ]]; then
            going_on+=("$parts[1]") going_on_shown+=("$each")
        else
            values+=("$parts[1]") shown+=("$each")
        fi
    done
    (( $#values )) && compadd -V esfkit -l -d shown -a values
    (( $#going_on )) && compadd -V esfkit -l -S '' -d going_on_shown -a going_on
    return 0
}
if [[ $funcstack[1] == _esfkit ]]; then  # found in fpath, and asked at once
    _esfkit "$@"
else
    compdef _esfkit esfkit
fi
