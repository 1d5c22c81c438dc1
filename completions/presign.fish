# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_presign_global_optspecs
    string join \n h/help V/version
end

function __fish_presign_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_presign_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_presign_using_subcommand
    set -l cmd (__fish_presign_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c presign -n "__fish_presign_needs_command" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_needs_command" -s V -l version -d 'Print version'
complete -c presign -n "__fish_presign_needs_command" -f -a "aws" -d 'Answer as the AWS CLI: aws s3 presign S3URI [--expires-in SECONDS]'
complete -c presign -n "__fish_presign_needs_command" -f -a "s3cmd" -d 'Answer as s3cmd: s3cmd signurl S3URI EXPIRY, s3cmd sign STRING'
complete -c presign -n "__fish_presign_needs_command" -f -a "url" -d 'Make links for s3:// URIs, one or millions'
complete -c presign -n "__fish_presign_needs_command" -f -a "install" -d 'Link presign as aws and s3cmd'
complete -c presign -n "__fish_presign_needs_command" -f -a "uninstall" -d 'Take presign\'s links away again'
complete -c presign -n "__fish_presign_needs_command" -f -a "doctor" -d 'Say who answers to aws and s3cmd, what they read, and what is wrong'
complete -c presign -n "__fish_presign_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c presign -n "__fish_presign_using_subcommand aws" -l endpoint-url -d 'The server\'s URL instead of AWS\'s' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l output -d 'Accepted; a link is printed as it is' -r -f -a "json\t''
text\t''
table\t''
yaml\t''
yaml-stream\t''
off\t''"
complete -c presign -n "__fish_presign_using_subcommand aws" -l query -d 'Checked, and without effect on a link' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l profile -d 'The profile whose settings and keys count' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l region -d 'The region that signs' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l color -d 'Accepted; a link has no colours' -r -f -a "on\t''
off\t''
auto\t''"
complete -c presign -n "__fish_presign_using_subcommand aws" -l ca-bundle -d 'Accepted; a link needs no connection' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l cli-read-timeout -d 'Seconds; accepted, a link needs no connection' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l cli-connect-timeout -d 'Seconds; accepted, a link needs no connection' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l cli-binary-format -d 'Accepted; a link has no binary data' -r -f -a "base64\t''
raw-in-base64-out\t''"
complete -c presign -n "__fish_presign_using_subcommand aws" -l cli-error-format -d 'How errors are printed' -r -f -a "legacy\t''
json\t''
yaml\t''
text\t''
table\t''
enhanced\t''"
complete -c presign -n "__fish_presign_using_subcommand aws" -l expires-in -d 'The link\'s life in seconds, 3600 if not given' -r
complete -c presign -n "__fish_presign_using_subcommand aws" -l debug -d 'Handed on to the real aws'
complete -c presign -n "__fish_presign_using_subcommand aws" -l no-verify-ssl -d 'Accepted; a link needs no connection'
complete -c presign -n "__fish_presign_using_subcommand aws" -l no-paginate -d 'Accepted; a link has no pages'
complete -c presign -n "__fish_presign_using_subcommand aws" -l no-sign-request -d 'Print the bare URL, without a signature'
complete -c presign -n "__fish_presign_using_subcommand aws" -l no-cli-pager -d 'Accepted; a link is never paged'
complete -c presign -n "__fish_presign_using_subcommand aws" -l cli-auto-prompt -d 'Handed on to the real aws'
complete -c presign -n "__fish_presign_using_subcommand aws" -l no-cli-auto-prompt -d 'Do not prompt'
complete -c presign -n "__fish_presign_using_subcommand aws" -l version -d 'Print the version'
complete -c presign -n "__fish_presign_using_subcommand aws" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s c -l config -d 'Settings file instead of ~/.s3cfg' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l access_key -d 'Access key id' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l secret_key -d 'Secret access key' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l access_token -d 'Session token of temporary keys; it becomes part of the link' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l upload-id -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l acl-grant -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l acl-revoke -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s D -l restore-days -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l restore-priority -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l max-delete -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l limit -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l add-destination -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l exclude -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l exclude-from -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l rexclude -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l rexclude-from -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l include -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l include-from -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l rinclude -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l rinclude-from -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l files-from -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l region -l bucket-location -d 'Region of a version 4 link whose host names none' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l host -d 'Host (and port) of the link' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l host-bucket -d 'With %(bucket)s in it, buckets become host names' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l storage-class -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l access-logging-target-prefix -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l default-mime-type -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s m -l mime-type -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l add-header -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l remove-header -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l server-side-encryption-kms-id -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l encoding -d 'Character set of the output' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l add-encoding-exts -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l multipart-chunk-size-mb -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l ws-index -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l ws-error -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l expiry-date -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l expiry-days -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l expiry-prefix -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-add-cname -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-remove-cname -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-comment -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-default-root-object -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cache-file -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l ca-certs -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l ssl-cert -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l ssl-key -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l limit-rate -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l max-retries -d '' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l content-disposition -d 'Content-Disposition that the download is to have' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l content-type -d 'Content-Type that the download is to have' -r
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l configure -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l dump-config -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s n -l dry-run -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s s -l ssl -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-ssl -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s e -l encrypt -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-encrypt -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s f -l force -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l continue -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l continue-put -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l skip-existing -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s r -l recursive -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l check-md5 -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-check-md5 -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s P -l acl-public -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l acl-private -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l delete-removed -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-delete-removed -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l delete-after -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l delay-updates -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l delete-after-fetch -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s p -l preserve -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-preserve -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l keep-dirs -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l reduced-redundancy -l rr -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-reduced-redundancy -l no-rr -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-access-logging -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s M -l guess-mime-type -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-guess-mime-type -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-mime-magic -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l server-side-encryption -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l verbatim -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l disable-multipart -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l list-md5 -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l list-allow-unordered -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s H -l human-readable-sizes -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l skip-destination-validation -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l progress -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-progress -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l stats -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l enable -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l disable -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-invalidate -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-invalidate-default-index -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l cf-no-invalidate-default-index-root -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s v -l verbose -d 'More messages'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s d -l debug -d 'All messages'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l version -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s F -l follow-symlinks -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s q -l quiet -d 'Print no link'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l check-certificate -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-check-certificate -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l check-hostname -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-check-hostname -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l signature-v2 -d 'Sign with version 2, as s3cmd does'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l signature-v4 -d 'Sign with version 4 (presign\'s own)'
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l no-connection-pooling -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l requester-pays -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s l -l long-listing -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -l stop-on-error -d ''
complete -c presign -n "__fish_presign_using_subcommand s3cmd" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand url" -l expires-in -d 'The links\' life, 1 to 604800 seconds (seven days)' -r
complete -c presign -n "__fish_presign_using_subcommand url" -l profile -d 'The profile whose settings and keys count' -r
complete -c presign -n "__fish_presign_using_subcommand url" -l region -d 'The region that signs' -r
complete -c presign -n "__fish_presign_using_subcommand url" -l endpoint-url -d 'The server\'s URL instead of AWS\'s' -r
complete -c presign -n "__fish_presign_using_subcommand url" -l jobs -d 'How many threads sign [default: one a processor]' -r
complete -c presign -n "__fish_presign_using_subcommand url" -l no-sign-request -d 'Bare URLs, without a signature'
complete -c presign -n "__fish_presign_using_subcommand url" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand install" -l dir -d 'The folder of the links [default: ~/.local/bin]' -r -F
complete -c presign -n "__fish_presign_using_subcommand install" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand uninstall" -l dir -d 'The folder of the links [default: ~/.local/bin]' -r -F
complete -c presign -n "__fish_presign_using_subcommand uninstall" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "aws" -d 'Answer as the AWS CLI: aws s3 presign S3URI [--expires-in SECONDS]'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "s3cmd" -d 'Answer as s3cmd: s3cmd signurl S3URI EXPIRY, s3cmd sign STRING'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "url" -d 'Make links for s3:// URIs, one or millions'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "install" -d 'Link presign as aws and s3cmd'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "uninstall" -d 'Take presign\'s links away again'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "doctor" -d 'Say who answers to aws and s3cmd, what they read, and what is wrong'
complete -c presign -n "__fish_presign_using_subcommand help; and not __fish_seen_subcommand_from aws s3cmd url install uninstall doctor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
