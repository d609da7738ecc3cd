#!/bin/bash

__sechan_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sechan_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sechan_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sechan_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sechan() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sechan_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    connect|serve|inspect|renegotiate|shutdown|ciphers|help)
        # Offer subcommand argument completions
        "_sechan_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'connect serve inspect renegotiate shutdown ciphers help' -- "${cur}"))
        ;;
    esac
}

_sechan_connect() {
    repeating_flags=()
    non_repeating_flags=(--hold --no-sni -4 --ipv4 -6 --ipv6 --send-root --legacy --no-system-trust --no-name-check --fetch --ignore-no-revocation --ignore-revocation-offline --ssl2-hello --no-renegotiation --reveal-secrets -q --quiet --no-diagnosis --trace --hex --explain -v --verbose --version -h --help)
    repeating_options=(--cert --key --chain --p12 --disable --ca --ca-dir --crl --send-ext --no-ext --export --export-early)
    non_repeating_options=(--get --send --answer-timeout --idle --escape --connect-to --sni --bind --starttls --proxy --cert-dir --subject --thumbprint --pass --psk --psk-identity --auto-cert --protocol --ciphers --ciphersuites --groups --sigalgs --min-strength --max-strength --null-cipher --alpn --engine --verify --verify-name --at-time --revocation --timeout --connect-timeout --keylog --max-fragment --session-in --session-out --cache --early-data --certs-out --format --color -o --output)
    __sechan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--get')
        return
        ;;
    '--send')
        __sechan_add_completions -f
        return
        ;;
    '--answer-timeout')
        return
        ;;
    '--idle')
        return
        ;;
    '--escape')
        return
        ;;
    '--connect-to')
        return
        ;;
    '--sni')
        return
        ;;
    '--bind')
        return
        ;;
    '--starttls')
        __sechan_add_completions -W 'auto'$'\n''smtp'$'\n''lmtp'$'\n''imap'$'\n''pop3'$'\n''ftp'$'\n''xmpp'$'\n''xmpp-server'$'\n''ldap'$'\n''postgres'$'\n''mysql'$'\n''nntp'$'\n''sieve'$'\n''irc'$'\n''telnet'$'\n''rdp'$'\n''mssql'$'\n''vnc'$'\n''openvpn'
        return
        ;;
    '--proxy')
        return
        ;;
    '--cert')
        __sechan_add_completions -f
        return
        ;;
    '--key')
        __sechan_add_completions -f
        return
        ;;
    '--chain')
        __sechan_add_completions -f
        return
        ;;
    '--p12')
        __sechan_add_completions -f
        return
        ;;
    '--cert-dir')
        __sechan_add_completions -d
        return
        ;;
    '--subject')
        return
        ;;
    '--thumbprint')
        return
        ;;
    '--pass')
        return
        ;;
    '--psk')
        return
        ;;
    '--psk-identity')
        return
        ;;
    '--auto-cert')
        __sechan_add_completions -d
        return
        ;;
    '--protocol')
        return
        ;;
    '--ciphers')
        return
        ;;
    '--ciphersuites')
        return
        ;;
    '--groups')
        return
        ;;
    '--sigalgs')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--null-cipher')
        __sechan_add_completions -W 'allow'$'\n''only'
        return
        ;;
    '--disable')
        return
        ;;
    '--alpn')
        return
        ;;
    '--engine')
        __sechan_add_completions -W 'auto'$'\n''libssl'$'\n''classic'
        return
        ;;
    '--ca')
        __sechan_add_completions -f
        return
        ;;
    '--ca-dir')
        __sechan_add_completions -d
        return
        ;;
    '--verify')
        __sechan_add_completions -W 'auto'$'\n''manual'$'\n''none'
        return
        ;;
    '--verify-name')
        return
        ;;
    '--at-time')
        return
        ;;
    '--revocation')
        __sechan_add_completions -W 'none'$'\n''end'$'\n''chain'$'\n''exclude-root'
        return
        ;;
    '--crl')
        __sechan_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--keylog')
        __sechan_add_completions -f
        return
        ;;
    '--send-ext')
        return
        ;;
    '--no-ext')
        __sechan_add_completions -W 'status_request'$'\n''encrypt_then_mac'$'\n''extended_master_secret'$'\n''session_ticket'
        return
        ;;
    '--max-fragment')
        return
        ;;
    '--session-in')
        __sechan_add_completions -f
        return
        ;;
    '--session-out')
        __sechan_add_completions -f
        return
        ;;
    '--cache')
        __sechan_add_completions -d
        return
        ;;
    '--early-data')
        __sechan_add_completions -f
        return
        ;;
    '--export')
        return
        ;;
    '--export-early')
        return
        ;;
    '--certs-out')
        __sechan_add_completions -f
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-o'|'--output')
        __sechan_add_completions -f
        return
        ;;
    esac
}

_sechan_serve() {
    repeating_flags=()
    non_repeating_flags=(--expose-obsolete --echo --discard --sni-strict --send-root --legacy --no-reconnect --allow-client-renegotiation -q --quiet --version -h --help)
    repeating_options=(--name --key-type --sni --cert --key --chain --p12 --disable --disable-for --client-ca --ticket-key --fault)
    non_repeating_options=(--listen --files --count --max-clients --timeout --drain --cert-out --ca-out --ocsp --cert-dir --subject --thumbprint --pass --psk --psk-identity --protocol --ciphers --ciphersuites --groups --sigalgs --min-strength --max-strength --null-cipher --alpn --engine --client-auth --advertise-ca --map --tickets --session-lifespan --early-data --renegotiate-after --keylog --format --color)
    __sechan_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--listen')
        return
        ;;
    '--files')
        __sechan_add_completions -d
        return
        ;;
    '--count')
        return
        ;;
    '--max-clients')
        return
        ;;
    '--timeout')
        return
        ;;
    '--drain')
        return
        ;;
    '--name')
        return
        ;;
    '--key-type')
        __sechan_add_completions -W 'rsa'$'\n''ecdsa'$'\n''ed25519'
        return
        ;;
    '--cert-out')
        __sechan_add_completions -f
        return
        ;;
    '--ca-out')
        __sechan_add_completions -f
        return
        ;;
    '--sni')
        return
        ;;
    '--ocsp')
        __sechan_add_completions -f
        return
        ;;
    '--cert')
        __sechan_add_completions -f
        return
        ;;
    '--key')
        __sechan_add_completions -f
        return
        ;;
    '--chain')
        __sechan_add_completions -f
        return
        ;;
    '--p12')
        __sechan_add_completions -f
        return
        ;;
    '--cert-dir')
        __sechan_add_completions -d
        return
        ;;
    '--subject')
        return
        ;;
    '--thumbprint')
        return
        ;;
    '--pass')
        return
        ;;
    '--psk')
        return
        ;;
    '--psk-identity')
        return
        ;;
    '--protocol')
        return
        ;;
    '--ciphers')
        return
        ;;
    '--ciphersuites')
        return
        ;;
    '--groups')
        return
        ;;
    '--sigalgs')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--null-cipher')
        __sechan_add_completions -W 'allow'$'\n''only'
        return
        ;;
    '--disable')
        return
        ;;
    '--alpn')
        return
        ;;
    '--engine')
        __sechan_add_completions -W 'auto'$'\n''libssl'$'\n''classic'
        return
        ;;
    '--disable-for')
        return
        ;;
    '--client-auth')
        __sechan_add_completions -W 'none'$'\n''request'$'\n''require'$'\n''once'$'\n''post-handshake'
        return
        ;;
    '--client-ca')
        __sechan_add_completions -f
        return
        ;;
    '--advertise-ca')
        __sechan_add_completions -W 'yes'$'\n''no'
        return
        ;;
    '--map')
        __sechan_add_completions -f
        return
        ;;
    '--tickets')
        return
        ;;
    '--ticket-key')
        __sechan_add_completions -f
        return
        ;;
    '--session-lifespan')
        return
        ;;
    '--early-data')
        return
        ;;
    '--renegotiate-after')
        return
        ;;
    '--keylog')
        __sechan_add_completions -f
        return
        ;;
    '--fault')
        __sechan_add_completions -W 'list'$'\n''expired'$'\n''not-yet-valid'$'\n''wrong-name'$'\n''self-signed'$'\n''missing-intermediate'$'\n''wrong-order'$'\n''weak-key'$'\n''sha1-signature'$'\n''revoked-staple'$'\n''missing-staple'$'\n''huge-chain'$'\n''hello-retry'$'\n''wrong-version'$'\n''unoffered-suite'$'\n''warning-flood'$'\n''fin'$'\n''rst'$'\n''silence'$'\n''slow'$'\n''truncated-record'$'\n''key-update-flood'$'\n''truncated-body'$'\n''truncated-chunks'$'\n''no-close-notify'$'\n''data-after-close'
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'$'\n''ndjson'
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_sechan_inspect() {
    repeating_flags=()
    non_repeating_flags=(--intrusive --all-addresses --dns --no-sni -4 --ipv4 -6 --ipv6 --send-root --legacy --no-system-trust --no-name-check --fetch --ignore-no-revocation --ignore-revocation-offline --polite --ci --exit-zero -v --verbose --trace --hex --explain --version -h --help)
    repeating_options=(--cert --key --chain --p12 --disable --ca --ca-dir --crl --expect --report)
    non_repeating_options=(--targets --parallel --skip --resolver --dns-anchor --connect-to --sni --bind --starttls --proxy --cert-dir --subject --thumbprint --pass --psk --psk-identity --auto-cert --protocol --ciphers --ciphersuites --groups --sigalgs --min-strength --max-strength --null-cipher --alpn --engine --verify --verify-name --at-time --revocation --timeout --connect-timeout --keylog --probe-timeout --concurrency --max-connections --rate --delay --policy --fail-on --waivers --baseline --save --format --color -o --output)
    __sechan_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--targets')
        __sechan_add_completions -f
        return
        ;;
    '--parallel')
        return
        ;;
    '--skip')
        __sechan_add_completions -W 'survey'$'\n''chains'$'\n''checks'$'\n''http'$'\n''clients'
        return
        ;;
    '--resolver')
        return
        ;;
    '--dns-anchor')
        __sechan_add_completions -f
        return
        ;;
    '--connect-to')
        return
        ;;
    '--sni')
        return
        ;;
    '--bind')
        return
        ;;
    '--starttls')
        __sechan_add_completions -W 'auto'$'\n''smtp'$'\n''lmtp'$'\n''imap'$'\n''pop3'$'\n''ftp'$'\n''xmpp'$'\n''xmpp-server'$'\n''ldap'$'\n''postgres'$'\n''mysql'$'\n''nntp'$'\n''sieve'$'\n''irc'$'\n''telnet'$'\n''rdp'$'\n''mssql'$'\n''vnc'$'\n''openvpn'
        return
        ;;
    '--proxy')
        return
        ;;
    '--cert')
        __sechan_add_completions -f
        return
        ;;
    '--key')
        __sechan_add_completions -f
        return
        ;;
    '--chain')
        __sechan_add_completions -f
        return
        ;;
    '--p12')
        __sechan_add_completions -f
        return
        ;;
    '--cert-dir')
        __sechan_add_completions -d
        return
        ;;
    '--subject')
        return
        ;;
    '--thumbprint')
        return
        ;;
    '--pass')
        return
        ;;
    '--psk')
        return
        ;;
    '--psk-identity')
        return
        ;;
    '--auto-cert')
        __sechan_add_completions -d
        return
        ;;
    '--protocol')
        return
        ;;
    '--ciphers')
        return
        ;;
    '--ciphersuites')
        return
        ;;
    '--groups')
        return
        ;;
    '--sigalgs')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--null-cipher')
        __sechan_add_completions -W 'allow'$'\n''only'
        return
        ;;
    '--disable')
        return
        ;;
    '--alpn')
        return
        ;;
    '--engine')
        __sechan_add_completions -W 'auto'$'\n''libssl'$'\n''classic'
        return
        ;;
    '--ca')
        __sechan_add_completions -f
        return
        ;;
    '--ca-dir')
        __sechan_add_completions -d
        return
        ;;
    '--verify')
        __sechan_add_completions -W 'auto'$'\n''manual'$'\n''none'
        return
        ;;
    '--verify-name')
        return
        ;;
    '--at-time')
        return
        ;;
    '--revocation')
        __sechan_add_completions -W 'none'$'\n''end'$'\n''chain'$'\n''exclude-root'
        return
        ;;
    '--crl')
        __sechan_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--keylog')
        __sechan_add_completions -f
        return
        ;;
    '--probe-timeout')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--max-connections')
        return
        ;;
    '--rate')
        return
        ;;
    '--delay')
        return
        ;;
    '--policy')
        __sechan_add_completions -f
        return
        ;;
    '--fail-on')
        return
        ;;
    '--expect')
        return
        ;;
    '--waivers')
        __sechan_add_completions -f
        return
        ;;
    '--baseline')
        __sechan_add_completions -f
        return
        ;;
    '--save')
        __sechan_add_completions -f
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'$'\n''ndjson'$'\n''csv'$'\n''testssl-csv'$'\n''defectdojo'$'\n''junit'$'\n''sarif'$'\n''github'$'\n''gitlab'$'\n''nagios'$'\n''prometheus'$'\n''markdown'$'\n''html'
        return
        ;;
    '--report')
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-o'|'--output')
        __sechan_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sechan_add_completions -f
        return
        ;;
    esac
}

_sechan_renegotiate() {
    repeating_flags=()
    non_repeating_flags=(--abbreviated --no-sni -4 --ipv4 -6 --ipv6 --send-root --legacy --no-system-trust --no-name-check --fetch --ignore-no-revocation --ignore-revocation-offline --trace --hex --explain --version -h --help)
    repeating_options=(--cert --key --chain --p12 --disable --ca --ca-dir --crl)
    non_repeating_options=(--from --count --change-ciphers --change-cert --change-key --reconnect --rate --listen --connect-to --sni --bind --starttls --proxy --cert-dir --subject --thumbprint --pass --psk --psk-identity --auto-cert --protocol --ciphers --ciphersuites --groups --sigalgs --min-strength --max-strength --null-cipher --alpn --engine --verify --verify-name --at-time --revocation --timeout --connect-timeout --keylog --answer-timeout --format --color -o --output)
    __sechan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--from')
        __sechan_add_completions -W 'client'$'\n''server'
        return
        ;;
    '--count')
        return
        ;;
    '--change-ciphers')
        return
        ;;
    '--change-cert')
        __sechan_add_completions -f
        return
        ;;
    '--change-key')
        __sechan_add_completions -f
        return
        ;;
    '--reconnect')
        return
        ;;
    '--rate')
        return
        ;;
    '--listen')
        return
        ;;
    '--connect-to')
        return
        ;;
    '--sni')
        return
        ;;
    '--bind')
        return
        ;;
    '--starttls')
        __sechan_add_completions -W 'auto'$'\n''smtp'$'\n''lmtp'$'\n''imap'$'\n''pop3'$'\n''ftp'$'\n''xmpp'$'\n''xmpp-server'$'\n''ldap'$'\n''postgres'$'\n''mysql'$'\n''nntp'$'\n''sieve'$'\n''irc'$'\n''telnet'$'\n''rdp'$'\n''mssql'$'\n''vnc'$'\n''openvpn'
        return
        ;;
    '--proxy')
        return
        ;;
    '--cert')
        __sechan_add_completions -f
        return
        ;;
    '--key')
        __sechan_add_completions -f
        return
        ;;
    '--chain')
        __sechan_add_completions -f
        return
        ;;
    '--p12')
        __sechan_add_completions -f
        return
        ;;
    '--cert-dir')
        __sechan_add_completions -d
        return
        ;;
    '--subject')
        return
        ;;
    '--thumbprint')
        return
        ;;
    '--pass')
        return
        ;;
    '--psk')
        return
        ;;
    '--psk-identity')
        return
        ;;
    '--auto-cert')
        __sechan_add_completions -d
        return
        ;;
    '--protocol')
        return
        ;;
    '--ciphers')
        return
        ;;
    '--ciphersuites')
        return
        ;;
    '--groups')
        return
        ;;
    '--sigalgs')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--null-cipher')
        __sechan_add_completions -W 'allow'$'\n''only'
        return
        ;;
    '--disable')
        return
        ;;
    '--alpn')
        return
        ;;
    '--engine')
        __sechan_add_completions -W 'auto'$'\n''libssl'$'\n''classic'
        return
        ;;
    '--ca')
        __sechan_add_completions -f
        return
        ;;
    '--ca-dir')
        __sechan_add_completions -d
        return
        ;;
    '--verify')
        __sechan_add_completions -W 'auto'$'\n''manual'$'\n''none'
        return
        ;;
    '--verify-name')
        return
        ;;
    '--at-time')
        return
        ;;
    '--revocation')
        __sechan_add_completions -W 'none'$'\n''end'$'\n''chain'$'\n''exclude-root'
        return
        ;;
    '--crl')
        __sechan_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--keylog')
        __sechan_add_completions -f
        return
        ;;
    '--answer-timeout')
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-o'|'--output')
        __sechan_add_completions -f
        return
        ;;
    esac
}

_sechan_shutdown() {
    repeating_flags=()
    non_repeating_flags=(--no-sni -4 --ipv4 -6 --ipv6 --send-root --legacy --no-system-trust --no-name-check --fetch --ignore-no-revocation --ignore-revocation-offline --trace --hex --explain --version -h --help)
    repeating_options=(--cert --key --chain --p12 --disable --ca --ca-dir --crl)
    non_repeating_options=(--mode --alert --connect-to --sni --bind --starttls --proxy --cert-dir --subject --thumbprint --pass --psk --psk-identity --auto-cert --protocol --ciphers --ciphersuites --groups --sigalgs --min-strength --max-strength --null-cipher --alpn --engine --verify --verify-name --at-time --revocation --timeout --connect-timeout --keylog --answer-timeout --format --color -o --output)
    __sechan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--mode')
        __sechan_add_completions -W 'bidirectional'$'\n''send-only'$'\n''half'$'\n''abort'
        return
        ;;
    '--alert')
        return
        ;;
    '--connect-to')
        return
        ;;
    '--sni')
        return
        ;;
    '--bind')
        return
        ;;
    '--starttls')
        __sechan_add_completions -W 'auto'$'\n''smtp'$'\n''lmtp'$'\n''imap'$'\n''pop3'$'\n''ftp'$'\n''xmpp'$'\n''xmpp-server'$'\n''ldap'$'\n''postgres'$'\n''mysql'$'\n''nntp'$'\n''sieve'$'\n''irc'$'\n''telnet'$'\n''rdp'$'\n''mssql'$'\n''vnc'$'\n''openvpn'
        return
        ;;
    '--proxy')
        return
        ;;
    '--cert')
        __sechan_add_completions -f
        return
        ;;
    '--key')
        __sechan_add_completions -f
        return
        ;;
    '--chain')
        __sechan_add_completions -f
        return
        ;;
    '--p12')
        __sechan_add_completions -f
        return
        ;;
    '--cert-dir')
        __sechan_add_completions -d
        return
        ;;
    '--subject')
        return
        ;;
    '--thumbprint')
        return
        ;;
    '--pass')
        return
        ;;
    '--psk')
        return
        ;;
    '--psk-identity')
        return
        ;;
    '--auto-cert')
        __sechan_add_completions -d
        return
        ;;
    '--protocol')
        return
        ;;
    '--ciphers')
        return
        ;;
    '--ciphersuites')
        return
        ;;
    '--groups')
        return
        ;;
    '--sigalgs')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--null-cipher')
        __sechan_add_completions -W 'allow'$'\n''only'
        return
        ;;
    '--disable')
        return
        ;;
    '--alpn')
        return
        ;;
    '--engine')
        __sechan_add_completions -W 'auto'$'\n''libssl'$'\n''classic'
        return
        ;;
    '--ca')
        __sechan_add_completions -f
        return
        ;;
    '--ca-dir')
        __sechan_add_completions -d
        return
        ;;
    '--verify')
        __sechan_add_completions -W 'auto'$'\n''manual'$'\n''none'
        return
        ;;
    '--verify-name')
        return
        ;;
    '--at-time')
        return
        ;;
    '--revocation')
        __sechan_add_completions -W 'none'$'\n''end'$'\n''chain'$'\n''exclude-root'
        return
        ;;
    '--crl')
        __sechan_add_completions -f
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--keylog')
        __sechan_add_completions -f
        return
        ;;
    '--answer-timeout')
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-o'|'--output')
        __sechan_add_completions -f
        return
        ;;
    esac
}

_sechan_ciphers() {
    repeating_flags=()
    non_repeating_flags=(--evidence --no-sni -4 --ipv4 -6 --ipv6 --polite --version -h --help)
    repeating_options=()
    non_repeating_options=(--match --protocol --only --min-strength --max-strength --with --expect --connect-to --sni --bind --starttls --proxy --timeout --connect-timeout --probe-timeout --concurrency --max-connections --rate --delay --format --color -o --output)
    __sechan_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--match')
        return
        ;;
    '--protocol'|'--only')
        return
        ;;
    '--min-strength')
        return
        ;;
    '--max-strength')
        return
        ;;
    '--with')
        __sechan_add_completions -W 'groups'$'\n''signatures'$'\n''extensions'$'\n''tolerance'$'\n''fingerprints'$'\n''all'
        return
        ;;
    '--expect')
        __sechan_add_completions -f
        return
        ;;
    '--connect-to')
        return
        ;;
    '--sni')
        return
        ;;
    '--bind')
        return
        ;;
    '--starttls')
        __sechan_add_completions -W 'auto'$'\n''smtp'$'\n''lmtp'$'\n''imap'$'\n''pop3'$'\n''ftp'$'\n''xmpp'$'\n''xmpp-server'$'\n''ldap'$'\n''postgres'$'\n''mysql'$'\n''nntp'$'\n''sieve'$'\n''irc'$'\n''telnet'$'\n''rdp'$'\n''mssql'$'\n''vnc'$'\n''openvpn'
        return
        ;;
    '--proxy')
        return
        ;;
    '--timeout')
        return
        ;;
    '--connect-timeout')
        return
        ;;
    '--probe-timeout')
        return
        ;;
    '--concurrency')
        return
        ;;
    '--max-connections')
        return
        ;;
    '--rate')
        return
        ;;
    '--delay')
        return
        ;;
    '--format')
        __sechan_add_completions -W 'text'$'\n''json'$'\n''testssl-csv'
        return
        ;;
    '--color')
        __sechan_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '-o'|'--output')
        __sechan_add_completions -f
        return
        ;;
    esac
}

_sechan_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sechan_offer_flags_options -1
}

complete -o filenames -F _sechan sechan
