function __sechan_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sechan_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sechan_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sechan_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sechan_parse_tokens -S
    set -l unparsed_tokens (__sechan_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sechan'
        __sechan_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'connect'
            __sechan_parse_subcommand 1 'get=' 'send=' 'hold' 'answer-timeout=' 'idle=' 'escape=' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'bind=' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'p12=+' 'cert-dir=' 'subject=' 'thumbprint=' 'pass=' 'send-root' 'psk=' 'psk-identity=' 'auto-cert=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'min-strength=' 'max-strength=' 'null-cipher=' 'disable=+' 'alpn=' 'legacy' 'engine=' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'revocation=' 'crl=+' 'fetch' 'ignore-no-revocation' 'ignore-revocation-offline' 'timeout=' 'connect-timeout=' 'keylog=' 'send-ext=+' 'no-ext=+' 'max-fragment=' 'ssl2-hello' 'no-renegotiation' 'session-in=' 'session-out=' 'cache=' 'early-data=' 'export=+' 'export-early=+' 'reveal-secrets' 'q/quiet' 'no-diagnosis' 'certs-out=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'explain' 'v/verbose' 'version' 'h/help'
        case 'serve'
            __sechan_parse_subcommand 0 'listen=' 'expose-obsolete' 'echo' 'discard' 'files=' 'count=' 'max-clients=' 'timeout=' 'drain=' 'name=+' 'key-type=+' 'cert-out=' 'ca-out=' 'sni=+' 'sni-strict' 'ocsp=' 'cert=+' 'key=+' 'chain=+' 'p12=+' 'cert-dir=' 'subject=' 'thumbprint=' 'pass=' 'send-root' 'psk=' 'psk-identity=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'min-strength=' 'max-strength=' 'null-cipher=' 'disable=+' 'alpn=' 'legacy' 'engine=' 'disable-for=+' 'client-auth=' 'client-ca=+' 'advertise-ca=' 'map=' 'tickets=' 'ticket-key=+' 'session-lifespan=' 'no-reconnect' 'early-data=' 'allow-client-renegotiation' 'renegotiate-after=' 'keylog=' 'fault=+' 'format=' 'q/quiet' 'color=' 'version' 'h/help'
        case 'inspect'
            __sechan_parse_subcommand -r 1 'targets=' 'parallel=' 'skip=' 'intrusive' 'all-addresses' 'dns' 'resolver=' 'dns-anchor=' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'bind=' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'p12=+' 'cert-dir=' 'subject=' 'thumbprint=' 'pass=' 'send-root' 'psk=' 'psk-identity=' 'auto-cert=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'min-strength=' 'max-strength=' 'null-cipher=' 'disable=+' 'alpn=' 'legacy' 'engine=' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'revocation=' 'crl=+' 'fetch' 'ignore-no-revocation' 'ignore-revocation-offline' 'timeout=' 'connect-timeout=' 'keylog=' 'probe-timeout=' 'concurrency=' 'max-connections=' 'rate=' 'delay=' 'polite' 'policy=' 'fail-on=' 'expect=+' 'waivers=' 'baseline=' 'save=' 'ci' 'exit-zero' 'format=' 'report=+' 'color=' 'o/output=' 'v/verbose' 'trace' 'hex' 'explain' 'version' 'h/help'
        case 'renegotiate'
            __sechan_parse_subcommand 1 'from=' 'count=' 'abbreviated' 'change-ciphers=' 'change-cert=' 'change-key=' 'reconnect=' 'rate=' 'listen=' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'bind=' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'p12=+' 'cert-dir=' 'subject=' 'thumbprint=' 'pass=' 'send-root' 'psk=' 'psk-identity=' 'auto-cert=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'min-strength=' 'max-strength=' 'null-cipher=' 'disable=+' 'alpn=' 'legacy' 'engine=' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'revocation=' 'crl=+' 'fetch' 'ignore-no-revocation' 'ignore-revocation-offline' 'timeout=' 'connect-timeout=' 'keylog=' 'answer-timeout=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'explain' 'version' 'h/help'
        case 'shutdown'
            __sechan_parse_subcommand 1 'mode=' 'alert=' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'bind=' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'p12=+' 'cert-dir=' 'subject=' 'thumbprint=' 'pass=' 'send-root' 'psk=' 'psk-identity=' 'auto-cert=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'min-strength=' 'max-strength=' 'null-cipher=' 'disable=+' 'alpn=' 'legacy' 'engine=' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'revocation=' 'crl=+' 'fetch' 'ignore-no-revocation' 'ignore-revocation-offline' 'timeout=' 'connect-timeout=' 'keylog=' 'answer-timeout=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'explain' 'version' 'h/help'
        case 'ciphers'
            __sechan_parse_subcommand 1 'match=' 'protocol=' 'min-strength=' 'max-strength=' 'with=' 'expect=' 'evidence' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'bind=' 'starttls=' 'proxy=' 'timeout=' 'connect-timeout=' 'probe-timeout=' 'concurrency=' 'max-connections=' 'rate=' 'delay=' 'polite' 'format=' 'color=' 'o/output=' 'version' 'h/help'
        case 'help'
            __sechan_parse_subcommand -r 1 'version'
        end
    end
end

function __sechan_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sechan_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sechan_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sechan_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sechan_tokens -p)
    if test -z "$(__sechan_tokens -t)"
        set -l index (count (__sechan_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sechan' -f
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'connect' -d 'Open a session with a peer, show it, and relay standard input and output.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'serve' -d 'Serve TLS, and show what each client offers and gets.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'inspect' -d 'Show everything worth knowing of a server or of certificates in a file, and judge it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'renegotiate' -d 'Show how a peer renegotiates, updates its keys and resumes a lost session.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'shutdown' -d 'Show how a connection to a server ends: who closes, how, and what could be lost.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'ciphers' -d 'List the suites known here, or the versions and suites of a server.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" get' -l 'get' -d 'Ask for this path by HTTP/1.1, and end with the answer.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" send' -l 'send' -d 'Send this file instead of what is typed; - for all of standard input.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" hold' -l 'hold' -d 'Keep the session open after the end of input, until the peer ends it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" answer-timeout' -l 'answer-timeout' -d 'How long to wait for an answer, or for more of it, after the end of input; 3s, with --get as --timeout.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" idle' -l 'idle' -d 'Close a session in which both sides are silent for this long; 60s without a terminal, otherwise never.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" escape' -l 'escape' -d 'The key that opens a command line on a terminal; ^] by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" bind' -l 'bind' -d 'Connect from this address of this machine.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'p12' -d 'Certificate, key and chain to show, in one PKCS#12 file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" cert-dir' -l 'cert-dir' -d 'Show a certificate from this directory.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" subject' -l 'subject' -d 'The one in --cert-dir whose subject contains this.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" thumbprint' -l 'thumbprint' -d 'The one in --cert-dir with this SHA-1 or SHA-256.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" send-root' -l 'send-root' -d 'Send the root too, if the chain has it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" psk' -l 'psk' -d 'A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" psk-identity' -l 'psk-identity' -d 'The name of that key.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" auto-cert' -l 'auto-cert' -d 'If the server asks, show one from this directory that is from an authority it accepts.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" protocol' -l 'protocol' -d 'Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" null-cipher' -l 'null-cipher' -d 'Offer suites that encrypt nothing, after the others or alone.' -rfka 'allow only'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'disable' -d 'Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" engine' -l 'engine' -d 'Who carries the session: libssl, or sechan\'s own for what that lost; auto takes libssl where it can do it.' -rfka 'auto libssl classic'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" revocation' -l 'revocation' -d 'Which certificates must be shown not to be revoked, by --crl, a stapled response or --fetch.' -rfka 'none end chain exclude-root'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'crl' -d 'Look certificates up in this list of revoked ones, PEM or DER.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" fetch' -l 'fetch' -d 'Ask the OCSP responders and lists that certificates name, over plain http: traffic to others.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ignore-no-revocation' -l 'ignore-no-revocation' -d 'Let a certificate pass that names no place to ask whether it is revoked.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ignore-revocation-offline' -l 'ignore-revocation-offline' -d 'Let a certificate pass that names such a place, when no current answer is at hand.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" keylog' -l 'keylog' -d 'Append the secrets of sessions to this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'send-ext' -d 'Add this extension to the hello, by name or number, with these bytes. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'no-ext' -d 'Leave an extension out: status_request, encrypt_then_mac, extended_master_secret, session_ticket. May be repeated.' -rfka 'status_request encrypt_then_mac extended_master_secret session_ticket'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" max-fragment' -l 'max-fragment' -d 'Ask for records of at most 512, 1024, 2048 or 4096 bytes.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ssl2-hello' -l 'ssl2-hello' -d 'Send the first hello in the format of SSL 2.0, without extensions, as old clients did; up to TLS 1.2.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-renegotiation' -l 'no-renegotiation' -d 'Refuse the server\'s requests to renegotiate.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" session-in' -l 'session-in' -d 'Resume the session in this file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" session-out' -l 'session-out' -d 'Save the session in this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" cache' -l 'cache' -d 'Resume the last session with the server from this directory, and keep the new one there.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" early-data' -l 'early-data' -d 'Send the content of this file with the hello (TLS 1.3); whoever records it may send it again.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'export' -d 'Show keying material that both ends can derive, such as EXPORTER-test:32; repeatable.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'export-early' -d 'Show keying material of the secret that early data is sent under; repeatable.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" reveal-secrets' -l 'reveal-secrets' -d 'Show the session\'s secrets.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" q quiet' -s 'q' -l 'quiet' -d 'Write nothing but what the peer sends to standard output.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-diagnosis' -l 'no-diagnosis' -d 'Open no further connections to find out why a handshake failed.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" certs-out' -l 'certs-out' -d 'Write the certificates that the peer sent to this file, as PEM.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" explain' -l 'explain' -d 'Show what Schannel would have returned for each leg, and for a failure.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" v verbose' -s 'v' -l 'verbose' -d 'Show everything that is known of the connection.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" listen' -l 'listen' -d 'Address and port to listen on, or unix:PATH; port 0 takes a free one.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" expose-obsolete' -l 'expose-obsolete' -d 'Serve SSL 2.0 and 3.0 on an address of --listen that others can reach, too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" echo' -l 'echo' -d 'Send every byte back instead of answering HTTP.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" discard' -l 'discard' -d 'Read everything and say nothing instead of answering HTTP.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" files' -l 'files' -d 'Answer HTTP with the files of this directory, and nothing outside it.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" count' -l 'count' -d 'End after this many connections.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" max-clients' -l 'max-clients' -d 'Clients served at once; more are turned away.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" timeout' -l 'timeout' -d 'Limit for a handshake, and for a client\'s silence after it.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" drain' -l 'drain' -d 'How long sessions may go on after SIGTERM.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'name' -d 'A name for the certificate made in memory, beside localhost.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'key-type' -d 'The kind of key to make; repeat for several: rsa, ecdsa, ed25519. ecdsa by default.' -rfka 'rsa ecdsa ed25519'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" cert-out' -l 'cert-out' -d 'Write the certificate made in memory to this file, PEM, for clients to trust it. Never the key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ca-out' -l 'ca-out' -d 'Have an authority made in memory sign the certificate, and write the authority\'s to this file. Never its key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'sni' -d 'Show clients that ask for this name (or *.name) another certificate. Repeat for more.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" sni-strict' -l 'sni-strict' -d 'Refuse clients that ask for a name of no certificate, with the alert unrecognized_name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ocsp' -l 'ocsp' -d 'Staple this OCSP response, DER, to the certificate.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'p12' -d 'Certificate, key and chain to show, in one PKCS#12 file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" cert-dir' -l 'cert-dir' -d 'Show a certificate from this directory.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" subject' -l 'subject' -d 'The one in --cert-dir whose subject contains this.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" thumbprint' -l 'thumbprint' -d 'The one in --cert-dir with this SHA-1 or SHA-256.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" send-root' -l 'send-root' -d 'Send the root too, if the chain has it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" psk' -l 'psk' -d 'A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" psk-identity' -l 'psk-identity' -d 'The name of that key.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" protocol' -l 'protocol' -d 'Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" null-cipher' -l 'null-cipher' -d 'Offer suites that encrypt nothing, after the others or alone.' -rfka 'allow only'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'disable' -d 'Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" engine' -l 'engine' -d 'Who carries the session: libssl, or sechan\'s own for what that lost; auto takes libssl where it can do it.' -rfka 'auto libssl classic'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'disable-for' -d 'Do without an algorithm where this application protocol is chosen, as in h2:cipher:CBC. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" client-auth' -l 'client-auth' -d 'Ask clients for a certificate.' -rfka 'none request require once post-handshake'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'client-ca' -d 'Accept client certificates of these authorities.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" advertise-ca' -l 'advertise-ca' -d 'Tell clients the names of these authorities; yes by default.' -rfka 'yes no'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" map' -l 'map' -d 'Say whom a client\'s certificate stands for, by the lines of this file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" tickets' -l 'tickets' -d 'TLS 1.3 tickets after a full handshake, 2 by default; 0 sends no tickets at all.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'ticket-key' -d 'Seal tickets with the 80 bytes of this file, as OpenSSL and nginx do; repeat for older keys.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" session-lifespan' -l 'session-lifespan' -d 'How long sessions can be resumed; 2h by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" no-reconnect' -l 'no-reconnect' -d 'Let no session be resumed.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" early-data' -l 'early-data' -d 'Accept so much early data (0-RTT, TLS 1.3). Whoever records it can send it again.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" allow-client-renegotiation' -l 'allow-client-renegotiation' -d 'Renegotiate when a client asks for it (TLS 1.2 and older).'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" renegotiate-after' -l 'renegotiate-after' -d 'Renegotiate whenever so much data has gone or so much time has passed; TLS 1.3 renews its keys.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" keylog' -l 'keylog' -d 'Append the secrets of sessions to this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'fault' -d 'Do this wrong on purpose, to see what clients make of it. \'list\' shows all there is.' -rfka 'list expired not-yet-valid wrong-name self-signed missing-intermediate wrong-order weak-key sha1-signature revoked-staple missing-staple huge-chain hello-retry wrong-version unoffered-suite warning-flood fin rst silence slow truncated-record key-update-flood truncated-body truncated-chunks no-close-notify data-after-close'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" format' -l 'format' -d 'How results are written; json is ndjson here.' -rfka 'text json ndjson'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" q quiet' -s 'q' -l 'quiet' -d 'Tell nothing of each client, but count them.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan inspect" -ge 1' -F
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" targets' -l 'targets' -d 'Read targets from this file, one a line with options of its own behind it; - is standard input.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" parallel' -l 'parallel' -d 'Targets asked at once; 8 by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" skip' -l 'skip' -d 'Leave these out: survey, chains, checks, http, clients.' -rfka 'survey chains checks http clients'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" intrusive' -l 'intrusive' -d 'Also run checks that send what no well-behaved client would: Heartbleed, ROBOT and their like.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" all-addresses' -l 'all-addresses' -d 'Ask every address of the name, and compare them.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" dns' -l 'dns' -d 'Ask the DNS for CAA, TLSA, HTTPS and MTA-STS records of the name, and validate them.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" resolver' -l 'resolver' -d 'Ask this resolver instead of the system\'s.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" dns-anchor' -l 'dns-anchor' -d 'Validate with these trust anchors instead of the root\'s.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" bind' -l 'bind' -d 'Connect from this address of this machine.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'p12' -d 'Certificate, key and chain to show, in one PKCS#12 file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" cert-dir' -l 'cert-dir' -d 'Show a certificate from this directory.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" subject' -l 'subject' -d 'The one in --cert-dir whose subject contains this.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" thumbprint' -l 'thumbprint' -d 'The one in --cert-dir with this SHA-1 or SHA-256.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" send-root' -l 'send-root' -d 'Send the root too, if the chain has it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" psk' -l 'psk' -d 'A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" psk-identity' -l 'psk-identity' -d 'The name of that key.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" auto-cert' -l 'auto-cert' -d 'If the server asks, show one from this directory that is from an authority it accepts.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" protocol' -l 'protocol' -d 'Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" null-cipher' -l 'null-cipher' -d 'Offer suites that encrypt nothing, after the others or alone.' -rfka 'allow only'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'disable' -d 'Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" engine' -l 'engine' -d 'Who carries the session: libssl, or sechan\'s own for what that lost; auto takes libssl where it can do it.' -rfka 'auto libssl classic'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" revocation' -l 'revocation' -d 'Which certificates must be shown not to be revoked, by --crl, a stapled response or --fetch.' -rfka 'none end chain exclude-root'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'crl' -d 'Look certificates up in this list of revoked ones, PEM or DER.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" fetch' -l 'fetch' -d 'Ask the OCSP responders and lists that certificates name, over plain http: traffic to others.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ignore-no-revocation' -l 'ignore-no-revocation' -d 'Let a certificate pass that names no place to ask whether it is revoked.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ignore-revocation-offline' -l 'ignore-revocation-offline' -d 'Let a certificate pass that names such a place, when no current answer is at hand.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" keylog' -l 'keylog' -d 'Append the secrets of sessions to this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" probe-timeout' -l 'probe-timeout' -d 'Limit for the answer to one hello; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" concurrency' -l 'concurrency' -d 'Connections open at once; 8 by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" max-connections' -l 'max-connections' -d 'Connections in all, 2000 by default; what is left unasked is reported as inconclusive.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" rate' -l 'rate' -d 'Connections opened in a second, at most.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" delay' -l 'delay' -d 'Time between two connections, at least.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" polite' -l 'polite' -d 'One connection at a time.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" policy' -l 'policy' -d 'Judge by this policy: a name that \'list\' shows, FILE.toml, or FILE.json#LEVEL as Mozilla publishes them.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" fail-on' -l 'fail-on' -d 'Fail for findings of this severity or worse, and with \'incomplete\' for what was not determined; a list.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'expect' -d 'Fail unless this is so: tls1.3=supported, version>=tls1.2, days-left>=30, grade>=A, finding:ID=absent, ….' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" waivers' -l 'waivers' -d 'Violations that are accepted for a time: a file in TOML.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" baseline' -l 'baseline' -d 'Compare with this older report in JSON, and fail for regressions.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" save' -l 'save' -d 'Write the report in JSON to this file as well, for --baseline and for judging again.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ci' -l 'ci' -d 'Do what continuous integration wants: no colour, --fail-on incomplete, progress in lines, annotations.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" exit-zero' -l 'exit-zero' -d 'End with 0 whatever the target is like.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" format' -l 'format' -d 'How results are written: text, json, ndjson, csv, testssl-csv, defectdojo, junit, sarif, github, gitlab, nagios, prometheus, markdown, html.' -rfka 'text json ndjson csv testssl-csv defectdojo junit sarif github gitlab nagios prometheus markdown html'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'report' -d 'Write a report in this format to this file too; may be given several times.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" v verbose' -s 'v' -l 'verbose' -d 'Show everything that is known of the connection.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" explain' -l 'explain' -d 'Show what Schannel would have returned for each leg, and for a failure.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" from' -l 'from' -d 'Who asks: we as a client, or we as a server that waits for a client to connect.' -rfka 'client server'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" count' -l 'count' -d 'How often one connection is asked, up to 20; 3 by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" abbreviated' -l 'abbreviated' -d 'Ask for an abbreviated handshake, which resumes the session within the connection.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" change-ciphers' -l 'change-ciphers' -d 'Offer these suites instead when renegotiating, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" change-cert' -l 'change-cert' -d 'Show this certificate instead when renegotiating, PEM or DER.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" change-key' -l 'change-key' -d 'Its private key; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" reconnect' -l 'reconnect' -d 'Lose the connection and resume its session this often, in every way, across the target\'s addresses.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" rate' -l 'rate' -d 'Reconnections in a second, at most.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" listen' -l 'listen' -d 'With --from server: address and port to listen on, or unix:PATH; port 0 takes a free one.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" bind' -l 'bind' -d 'Connect from this address of this machine.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'p12' -d 'Certificate, key and chain to show, in one PKCS#12 file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" cert-dir' -l 'cert-dir' -d 'Show a certificate from this directory.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" subject' -l 'subject' -d 'The one in --cert-dir whose subject contains this.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" thumbprint' -l 'thumbprint' -d 'The one in --cert-dir with this SHA-1 or SHA-256.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" send-root' -l 'send-root' -d 'Send the root too, if the chain has it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" psk' -l 'psk' -d 'A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" psk-identity' -l 'psk-identity' -d 'The name of that key.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" auto-cert' -l 'auto-cert' -d 'If the server asks, show one from this directory that is from an authority it accepts.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" protocol' -l 'protocol' -d 'Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" null-cipher' -l 'null-cipher' -d 'Offer suites that encrypt nothing, after the others or alone.' -rfka 'allow only'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'disable' -d 'Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" engine' -l 'engine' -d 'Who carries the session: libssl, or sechan\'s own for what that lost; auto takes libssl where it can do it.' -rfka 'auto libssl classic'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" revocation' -l 'revocation' -d 'Which certificates must be shown not to be revoked, by --crl, a stapled response or --fetch.' -rfka 'none end chain exclude-root'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'crl' -d 'Look certificates up in this list of revoked ones, PEM or DER.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" fetch' -l 'fetch' -d 'Ask the OCSP responders and lists that certificates name, over plain http: traffic to others.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ignore-no-revocation' -l 'ignore-no-revocation' -d 'Let a certificate pass that names no place to ask whether it is revoked.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ignore-revocation-offline' -l 'ignore-revocation-offline' -d 'Let a certificate pass that names such a place, when no current answer is at hand.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" keylog' -l 'keylog' -d 'Append the secrets of sessions to this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" answer-timeout' -l 'answer-timeout' -d 'How long to wait for the peer each time.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" explain' -l 'explain' -d 'Show what Schannel would have returned for each leg, and for a failure.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" mode' -l 'mode' -d 'How the session is ended: close_notify and wait, close_notify and FIN, in the middle of a request, or RST.' -rfka 'bidirectional send-only half abort'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" alert' -l 'alert' -d 'Send this alert in place of close_notify, as in unexpected_message or user_canceled:warning (not in TLS 1.3).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" bind' -l 'bind' -d 'Connect from this address of this machine.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'p12' -d 'Certificate, key and chain to show, in one PKCS#12 file.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" cert-dir' -l 'cert-dir' -d 'Show a certificate from this directory.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" subject' -l 'subject' -d 'The one in --cert-dir whose subject contains this.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" thumbprint' -l 'thumbprint' -d 'The one in --cert-dir with this SHA-1 or SHA-256.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" send-root' -l 'send-root' -d 'Send the root too, if the chain has it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" psk' -l 'psk' -d 'A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" psk-identity' -l 'psk-identity' -d 'The name of that key.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" auto-cert' -l 'auto-cert' -d 'If the server asks, show one from this directory that is from an authority it accepts.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" protocol' -l 'protocol' -d 'Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" null-cipher' -l 'null-cipher' -d 'Offer suites that encrypt nothing, after the others or alone.' -rfka 'allow only'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'disable' -d 'Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" engine' -l 'engine' -d 'Who carries the session: libssl, or sechan\'s own for what that lost; auto takes libssl where it can do it.' -rfka 'auto libssl classic'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" revocation' -l 'revocation' -d 'Which certificates must be shown not to be revoked, by --crl, a stapled response or --fetch.' -rfka 'none end chain exclude-root'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'crl' -d 'Look certificates up in this list of revoked ones, PEM or DER.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" fetch' -l 'fetch' -d 'Ask the OCSP responders and lists that certificates name, over plain http: traffic to others.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ignore-no-revocation' -l 'ignore-no-revocation' -d 'Let a certificate pass that names no place to ask whether it is revoked.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ignore-revocation-offline' -l 'ignore-revocation-offline' -d 'Let a certificate pass that names such a place, when no current answer is at hand.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" keylog' -l 'keylog' -d 'Append the secrets of sessions to this file, which only its owner may read.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" answer-timeout' -l 'answer-timeout' -d 'How long to wait for the peer each time.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" explain' -l 'explain' -d 'Show what Schannel would have returned for each leg, and for a failure.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" match' -l 'match' -d 'Only suites that match: names or words such as ECDHE+AESGCM:CHACHA20:!SHA1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" only protocol' -l 'protocol' -l 'only' -d 'Only these versions: a list or a range, as in ssl3,tls1.0-tls1.2.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" min-strength' -l 'min-strength' -d 'Only suites of at least this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" max-strength' -l 'max-strength' -d 'Only suites of at most this strength.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" with' -l 'with' -d 'Find out these too: groups, signatures, extensions, tolerance, fingerprints, or all.' -rfka 'groups signatures extensions tolerance fingerprints all'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" expect' -l 'expect' -d 'Fail if the server accepts a suite that this file does not list.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" evidence' -l 'evidence' -d 'Show the first bytes of every hello and of every answer.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" bind' -l 'bind' -d 'Connect from this address of this machine.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" probe-timeout' -l 'probe-timeout' -d 'Limit for the answer to one hello; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" concurrency' -l 'concurrency' -d 'Connections open at once; 8 by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" max-connections' -l 'max-connections' -d 'Connections in all, 2000 by default; what is left unasked is reported as inconclusive.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" rate' -l 'rate' -d 'Connections opened in a second, at most.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" delay' -l 'delay' -d 'Time between two connections, at least.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" polite' -l 'polite' -d 'One connection at a time.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" format' -l 'format' -d 'How results are written.' -rfka 'text json testssl-csv'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan ciphers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan help" version' -l 'version' -d 'Show the version.'
