/** The examples of ipseckey(1M) as the manual page prints them. */
export interface Example {
  name: string;
  /** What is typed at the shell's prompt behind `ipseckey`. */
  shell: string[];
  /** What is typed at ipseckey's prompt. */
  typed?: string;
  /** What is in a file. */
  file?: string;
  /** How it must be understood: a line for each command, one blank between its words. */
  commands: string[];
}

export const examples: Example[] = [
  { name: "1: Emptying Out All SAs", shell: ["flush"], commands: ["flush"] },
  { name: "2: Flushing Out IPsec AH SAs Only", shell: ["flush", "ah"], commands: ["flush ah"] },
  { name: "3: Saving All SAs To Standard Output", shell: ["save", "all"], commands: ["save all"] },
  {
    name: "4: Saving ESP SAs To The File /tmp/snapshot",
    shell: ["save", "esp", "/tmp/snapshot"],
    commands: ["save esp /tmp/snapshot"],
  },
  {
    name: "5: Deleting an IPsec SA",
    shell: ["delete", "esp", "spi", "0x2112", "dst", "224.0.0.1"],
    commands: ["delete esp spi 0x2112 dst 224.0.0.1"],
  },
  {
    name: "6: Getting Information on an IPsec SA",
    shell: ["get", "ah", "spi", "0x5150", "dst", "mypeer"],
    commands: ["get ah spi 0x5150 dst mypeer"],
  },
  {
    name: "7: Adding or Updating IPsec SAs",
    shell: [],
    typed: `add ah spi 0x90125 src me.domain.com dst you.domain.com
               authalg md5 authkey 1234567890abcdef1234567890abcdef
update ah spi 0x90125 dst you.domain.com hard_bytes
               16000000
exit
`,
    commands: [
      "add ah spi 0x90125 src me.domain.com dst you.domain.com authalg md5 authkey 1234567890abcdef1234567890abcdef",
      "update ah spi 0x90125 dst you.domain.com hard_bytes 16000000",
      "exit",
    ],
  },
  {
    name: "8: Adding an SA in the Opposite Direction",
    shell: [],
    typed: `add ah spi 0x2112 src you.domain.com dst me.domain.com
               authalg md5 authkey bde359723576fdea08e56cbe876e24ad
               hard_bytes 16000000
exit
`,
    commands: [
      "add ah spi 0x2112 src you.domain.com dst me.domain.com authalg md5 authkey bde359723576fdea08e56cbe876e24ad hard_bytes 16000000",
      "exit",
    ],
  },
  { name: "9: Monitoring PF_KEY Messages", shell: ["monitor"], commands: ["monitor"] },
  {
    name: "10: Using Commands in a File",
    shell: [],
    file: `     # This is a sample file for flushing out the ESP table and
     # adding a pair of SAs.

     flush esp

     ### Watch out!  I have keying material in this file.  See the
     ### SECURITY CONSIDERATIONS section in this manual page for why this can be
     ### dangerous .

     add esp spi 0x2112 src me.domain.com dst you.domain.com
         authalg md5 authkey bde359723576fdea08e56cbe876e24ad
         encralg des encrkey be02938e7def2839 hard_usetime 28800
     add esp spi 0x5150 src you.domain.com dst me.domain.com
         authalg md5 authkey 930987dbe09743ade09d92b4097d9e93
         encralg des encrkey 8bd4a52e10127deb hard_usetime 28800

     ## End of file  -  This is a gratuitous comment
`,
    commands: [
      "flush esp",
      "add esp spi 0x2112 src me.domain.com dst you.domain.com authalg md5 authkey bde359723576fdea08e56cbe876e24ad encralg des encrkey be02938e7def2839 hard_usetime 28800",
      "add esp spi 0x5150 src you.domain.com dst me.domain.com authalg md5 authkey 930987dbe09743ade09d92b4097d9e93 encralg des encrkey 8bd4a52e10127deb hard_usetime 28800",
    ],
  },
  {
    name: "11: Adding SAs for IPv6 Addresses",
    shell: [],
    typed: `add esp spi 0x6789 src6 fec0:bbbb::4483 dst6 fec0:bbbb::7843
               authalg md5 authkey bde359723576fdea08e56cbe876e24ad
               encralg des encrkey be02938e7def2839 hard_usetime 28800
exit
`,
    commands: [
      "add esp spi 0x6789 src6 fec0:bbbb::4483 dst6 fec0:bbbb::7843 authalg md5 authkey bde359723576fdea08e56cbe876e24ad encralg des encrkey be02938e7def2839 hard_usetime 28800",
      "exit",
    ],
  },
];
