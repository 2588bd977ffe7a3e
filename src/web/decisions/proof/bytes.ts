export type Bytes = Uint8Array<ArrayBuffer>

/** A text as UTF-8. */
export function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** The bytes of base64. Throws what `atob` throws. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}

export function toBase64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
}

export function toHex(bytes: Bytes): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function joined(...parts: readonly Bytes[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** SHA-256 over parts one after the other, by the browser. */
export async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)))
}

/** Whether this browser hashes at all: it does so on secure connections only. */
export function canHash(): boolean {
  return globalThis.crypto?.subtle !== undefined
}
