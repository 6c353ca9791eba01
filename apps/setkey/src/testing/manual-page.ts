/** What the 2002 manual page shows, as one file. */
export const manualPage = `
add	10.0.11.41 10.0.11.33 esp 123457
		-m tunnel -E des-cbc "ESP SA!!" ;

add	10.0.11.41 10.0.11.33 ah 123456
		-m transport -A hmac-sha1 "AH SA configuration!" ;

add	10.0.11.41 10.0.11.34 esp 0x10001
                -m tunnel
		-E des-cbc "ESP with"
		-A hmac-md5 "authentication!!" ;

get	10.0.11.41 10.0.11.33 ah 123456 ;

flush ;

dump esp ;

spdadd	192.168.0.1/32[23] 192.168.0.2/32[any] any
		-P out ipsec esp/tunnel/10.0.11.41-10.0.11.34/require ;

spdadd	192.168.0.1/32[23] 192.168.0.2/32[any] any
		-P out ipsec
                esp/tunnel/10.0.11.41-10.0.11.33/require
	        ah/transport//require ;
`;

/** How its AH SA is listed. */
export const ahEntry = `10.0.11.41 10.0.11.33 
	ah mode=transport spi=123456(0x0001e240) reqid=0(0x00000000)
	A: hmac-sha1  41482053 4120636f 6e666967 75726174 696f6e21
	seq=0x00000000 replay=32 flags=0x00000000 state=mature 
	created: DATE	current: DATE
	diff: AGE	hard: 0(s)	soft: 0(s)
	last:                     	hard: 0(s)	soft: 0(s)
	current: 0(bytes)	hard: 0(bytes)	soft: 0(bytes)
	allocated: 0	hard: 0	soft: 0
	sadb_seq=0 pid=PID refcnt=0
`;

/** How its first policy is listed. */
export const policyEntry = `192.168.0.1[23] 192.168.0.2[any] any
	out prio def ipsec
	esp/tunnel/10.0.11.41-10.0.11.34/require
	created: DATE  lastused:                     
	lifetime: 0(s) validtime: 0(s)
	spid=1 seq=0 pid=PID
	refcnt=N
`;
