import { loadKoffi } from "./koffi.ts";

/** What the C library's databases say, each foreign function behind one that passes the sizes of its own buffers. */
export type CLibrary = ReturnType<typeof loadCLibrary>;

/** What getaddrinfo(3) gave: socket addresses as they lie in memory, or an `EAI_` number. */
export type AddressInfo = { addresses: Uint8Array[] } | { failure: number };

/** `IF_NAMESIZE` of `<net/if.h>`. */
const interfaceNameSize = 16;
/** `NI_MAXHOST` of `<netdb.h>`. */
const hostNameSize = 1025;

/** Loads koffi and binds the functions in the running program's own C library. */
export function loadCLibrary() {
  const koffi = loadKoffi();
  const library = koffi.load(null);

  // `struct addrinfo` of Linux's <netdb.h>; the BSDs have the last pointers in another order.
  const addrinfo = koffi.struct({
    flags: "int",
    family: "int",
    socketType: "int",
    protocol: "int",
    addressLength: "uint32_t",
    address: "void *",
    canonicalName: "void *",
    next: "void *",
  });
  const protoent = koffi.struct({ name: "str", aliases: "void *", number: "int" });
  const servent = koffi.struct({ name: "str", aliases: "void *", port: "int", protocol: "str" });
  const timespec = koffi.struct({ seconds: "long", nanoseconds: "long" });

  const getaddrinfo = library.func(
    "int getaddrinfo(str node, str service, void *hints, _Out_ void **result)",
  );
  const freeaddrinfo = library.func("void freeaddrinfo(void *result)");
  const gai_strerror = library.func("str gai_strerror(int code)");
  const getnameinfo = library.func(
    "int getnameinfo(void *address, uint32_t length, void *host, uint32_t hostSize, void *service, uint32_t serviceSize, int flags)",
  );
  const getprotobyname = library.func("void *getprotobyname(str name)");
  const getprotobynumber = library.func("void *getprotobynumber(int number)");
  const getservbyname = library.func("void *getservbyname(str name, str protocol)");
  const getservbyport = library.func("void *getservbyport(int port, str protocol)");
  const if_nametoindex = library.func("unsigned int if_nametoindex(str name)");
  const if_indextoname = library.func("void *if_indextoname(unsigned int index, void *name)");
  const clock_gettime = library.func("clock_gettime", "int", ["int", koffi.out(koffi.pointer(timespec))]);

  const record = <T>(pointer: unknown, type: ReturnType<typeof koffi.struct>): T | undefined =>
    pointer ? (koffi.decode(pointer, type) as T) : undefined;

  return {
    /** `hints` are the first four members of `struct addrinfo`: flags, family, socket type, protocol. */
    getaddrinfo(
      node: string,
      service: string | null,
      hints: readonly [number, number, number, number],
    ): AddressInfo {
      const request = new Uint8Array(addrinfo.size);
      new Int32Array(request.buffer).set(hints);
      const result: [unknown] = [null];
      const failure: number = getaddrinfo(node, service, request, result);
      if (failure !== 0) return { failure };
      try {
        const addresses: Uint8Array[] = [];
        for (let pointer = result[0]; pointer; ) {
          const entry = koffi.decode(pointer, addrinfo);
          const bytes = koffi.array("uint8_t", entry.addressLength, "Typed");
          addresses.push(koffi.decode(entry.address, bytes));
          pointer = entry.next;
        }
        return { addresses };
      } finally {
        freeaddrinfo(result[0]);
      }
    },
    gai_strerror(code: number): string {
      return gai_strerror(code);
    },
    /** The name, or undefined if there is none or the resolver failed. */
    getnameinfo(socketAddress: Uint8Array, flags: number): string | undefined {
      const name = new Uint8Array(hostNameSize);
      const failure = getnameinfo(socketAddress, socketAddress.length, name, name.length, null, 0, flags);
      return failure === 0 ? text(name) : undefined;
    },
    getprotobyname(name: string) {
      return record<{ name: string; number: number }>(getprotobyname(name), protoent);
    },
    getprotobynumber(number: number) {
      return record<{ name: string; number: number }>(getprotobynumber(number), protoent);
    },
    /** `port` is in network order, as the C library has it. */
    getservbyname(name: string, protocol: string) {
      return record<{ name: string; port: number }>(getservbyname(name, protocol), servent);
    },
    /** `port` is in network order, as the C library wants it. */
    getservbyport(port: number, protocol: string) {
      return record<{ name: string; port: number }>(getservbyport(port, protocol), servent);
    },
    /** 0 if there is no such interface. */
    if_nametoindex(name: string): number {
      return if_nametoindex(name);
    },
    if_indextoname(index: number): string | undefined {
      const name = new Uint8Array(interfaceNameSize);
      return if_indextoname(index, name) ? text(name) : undefined;
    },
    /** `CLOCK_REALTIME`. */
    clock_gettime(): { seconds: number; nanoseconds: number } {
      const time = { seconds: 0, nanoseconds: 0 };
      clock_gettime(0, time);
      return time;
    },
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}
