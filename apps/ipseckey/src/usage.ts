import { usageText as originalUsage } from "@keysock/ipseckey-printer";

/** What follows on standard error when the command is called wrongly. */
export const usageText = `${originalUsage}\tipseckey [ -n ] -c infile

  -n             no names, neither in what is read nor in what is printed
  -p             keys are shown and saved as XX
  -v             print the messages that are sent, and seconds since 1970 beside dates
  -f, -c FILE    commands from a file; -c only checks them
  -s FILE        save all SAs to a file (- is standard output)
  --via=NAME     auto, pfkey, xfrm, engine or unix:PATH (or KEYSOCK_VIA)
  --dialect=NAME of a peer that is no kernel: illumos or linux
  --compat=illumos  streams, prompts and exit status of the original

"ipseckey help" lists the commands, "ipseckey help attr" their attributes.
`;
