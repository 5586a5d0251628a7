# esfkit in fish. Put it to use with: esfkit --completion fish | source
function __esfkit_offers
    set -l words (commandline -opc)
    set -l reply (_ESFKIT_COMPLETE=fish $words[1] -- (commandline -cp | string collect) 2>/dev/null)
    or begin
        __fish_complete_path (commandline -ct)
        return
    end
    for each in $reply
        set -l parts (string split \t -- $each)
        printf '%s\t%s\n' $parts[1] "$parts[3]"
    end
end
complete -c esfkit -e
complete -c esfkit -k -f -a '(__esfkit_offers)'
