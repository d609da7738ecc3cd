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
            __sechan_parse_subcommand 1 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'pass=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'alpn=' 'legacy' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'timeout=' 'connect-timeout=' 'hold' 'answer-timeout=' 'idle=' 'q/quiet' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'version' 'h/help'
        case 'serve'
            __sechan_parse_subcommand 0 'listen=' 'echo' 'count=' 'name=+' 'cert-out=' 'cert=+' 'key=+' 'chain=+' 'pass=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'alpn=' 'legacy' 'client-auth=' 'client-ca=+' 'allow-client-renegotiation' 'timeout=' 'format=' 'color=' 'version' 'h/help'
        case 'inspect'
            __sechan_parse_subcommand 1 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'pass=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'alpn=' 'legacy' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'timeout=' 'connect-timeout=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'version' 'h/help'
        case 'renegotiate'
            __sechan_parse_subcommand 1 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'pass=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'alpn=' 'legacy' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'timeout=' 'connect-timeout=' 'answer-timeout=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'version' 'h/help'
        case 'shutdown'
            __sechan_parse_subcommand 1 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'starttls=' 'proxy=' 'cert=+' 'key=+' 'chain=+' 'pass=' 'protocol=' 'ciphers=' 'ciphersuites=' 'groups=' 'sigalgs=' 'alpn=' 'legacy' 'ca=+' 'ca-dir=+' 'no-system-trust' 'verify=' 'verify-name=' 'no-name-check' 'at-time=' 'timeout=' 'connect-timeout=' 'answer-timeout=' 'format=' 'color=' 'o/output=' 'trace' 'hex' 'version' 'h/help'
        case 'ciphers'
            __sechan_parse_subcommand 1 'match=' 'protocol=' 'min-strength=' 'max-strength=' 'with=' 'expect=' 'evidence' 'connect-to=' 'sni=' 'no-sni' '4/ipv4' '6/ipv6' 'starttls=' 'proxy=' 'timeout=' 'connect-timeout=' 'probe-timeout=' 'concurrency=' 'max-connections=' 'rate=' 'delay=' 'polite' 'format=' 'color=' 'o/output=' 'version' 'h/help'
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
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'renegotiate' -d 'Show how a server renegotiates, updates its keys and resumes a lost session.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'shutdown' -d 'Show how a connection to a server ends: who closes, how, and what could be lost.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'ciphers' -d 'List the suites known here, or the versions and suites of a server.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" protocol' -l 'protocol' -d 'Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" hold' -l 'hold' -d 'Keep the session open after the end of input, until the peer ends it.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" answer-timeout' -l 'answer-timeout' -d 'How long to wait for an answer, or for more of it, after the end of input.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" idle' -l 'idle' -d 'Close a session in which both sides are silent for this long; 60s without a terminal, otherwise never.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" q quiet' -s 'q' -l 'quiet' -d 'Write nothing but what the peer sends to standard output.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan connect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" listen' -l 'listen' -d 'Address and port to listen on, or unix:PATH; port 0 takes a free one.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" echo' -l 'echo' -d 'Send every byte back instead of answering HTTP.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" count' -l 'count' -d 'End after this many connections.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'name' -d 'A name for the certificate made in memory, beside localhost.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" cert-out' -l 'cert-out' -d 'Write the certificate made in memory to this file, PEM, for clients to trust it. Never the key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" protocol' -l 'protocol' -d 'Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" client-auth' -l 'client-auth' -d 'Ask clients for a certificate.' -rfka 'none request require'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve"' -l 'client-ca' -d 'Accept client certificates of these authorities.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" allow-client-renegotiation' -l 'allow-client-renegotiation' -d 'Renegotiate when a client asks for it (TLS 1.2 and older).'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" timeout' -l 'timeout' -d 'Limit for a handshake, and for a client\'s silence after it.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan serve" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_positional "sechan inspect" -eq 1' -F
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" protocol' -l 'protocol' -d 'Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" protocol' -l 'protocol' -d 'Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" answer-timeout' -l 'answer-timeout' -d 'How long to wait for the answer to each attempt.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" hex' -l 'hex' -d 'Show the bytes of each leg too.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" version' -l 'version' -d 'Show the version.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan renegotiate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" connect-to' -l 'connect-to' -d 'Dial this address instead of the target\'s own.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" sni' -l 'sni' -d 'Send this server name instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-sni' -l 'no-sni' -d 'Send no server name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 addresses only.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" starttls' -l 'starttls' -d 'Ask for TLS in this protocol first, or in the one that the port or the greeting tells.' -rfka 'auto smtp lmtp imap pop3 ftp xmpp xmpp-server ldap postgres mysql nntp sieve irc telnet rdp mssql vnc openvpn'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" proxy' -l 'proxy' -d 'Go through this proxy, which looks up the target\'s name: http://[name:password@]host:port or socks5://...' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'cert' -d 'Certificate to show, PEM or DER. Repeat with --key for a second kind of key.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'key' -d 'Private key of the certificate; the certificate\'s own file by default.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'chain' -d 'Intermediate certificates to send with it.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" pass' -l 'pass' -d 'Where the private key\'s passphrase is: env:NAME, file:PATH or fd:NUMBER.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" protocol' -l 'protocol' -d 'Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ciphers' -l 'ciphers' -d 'Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" ciphersuites' -l 'ciphersuites' -d 'Suites for TLS 1.3, by name or code point.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" groups' -l 'groups' -d 'Groups for key exchange, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" sigalgs' -l 'sigalgs' -d 'Signature schemes, most wanted first.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" alpn' -l 'alpn' -d 'Application protocols to offer (ALPN), as in h2,http/1.1.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" legacy' -l 'legacy' -d 'Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'ca' -d 'Trust the certificates in this file as well.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown"' -l 'ca-dir' -d 'Trust the certificates in this hashed directory as well.' -rfa '(__sechan_complete_directories)'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-system-trust' -l 'no-system-trust' -d 'Do not trust the system\'s own certificates.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" verify' -l 'verify' -d 'Refuse a bad certificate during the handshake, judge it afterwards, or not at all.' -rfka 'auto manual none'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" verify-name' -l 'verify-name' -d 'Expect this name in the certificate instead of the target\'s host.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" no-name-check' -l 'no-name-check' -d 'Accept a certificate for any name.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" at-time' -l 'at-time' -d 'Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" timeout' -l 'timeout' -d 'Absolute limit for the whole target; 60s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" connect-timeout' -l 'connect-timeout' -d 'Limit for each TCP connection; 5s by default.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" answer-timeout' -l 'answer-timeout' -d 'How long to wait for the peer to close.' -rfka ''
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" format' -l 'format' -d 'How results are written.' -rfka 'text json'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" color' -l 'color' -d 'Use colour.' -rfka 'auto always never'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" o output' -s 'o' -l 'output' -d 'Write results to this file; it appears whole or not at all.' -rF
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" trace' -l 'trace' -d 'Show the legs of the handshake, record by record.'
complete -c 'sechan' -n '__sechan_should_offer_completions_for_flags_or_options "sechan shutdown" hex' -l 'hex' -d 'Show the bytes of each leg too.'
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
