import type { LeafBytes } from './program.js'

// Module-level functions over a program run about twice as fast as closures that hold its arrays.

/** Reads the leaves of a slot whose number lies in [lo, hi]. */
export function readNumber(
  { leaves, bytes }: LeafBytes,
  slot: number,
  lo: number,
  hi: number,
): void {
  const { first, from, to } = leaves
  const end = first[slot + 1]!
  for (let i = first[slot]!; i < end; i++) {
    const a = from[i]!
    const b = to[i]!
    bytes[i] = (Number(lo >= a) & Number(hi <= b)) | ((Number(hi >= a) & Number(lo <= b)) << 1)
  }
}

/** Reads the leaves of a slot whose value is a ratio between two, by cross-multiplication. */
export function readRatio(
  { leaves, bytes }: LeafBytes,
  slot: number,
  lo: { readonly n: number; readonly d: number },
  hi: { readonly n: number; readonly d: number },
): void {
  const { first, from, to, against } = leaves
  const end = first[slot + 1]!
  for (let i = first[slot]!; i < end; i++) {
    const figure = against[i]!
    const l = lo.n - figure * lo.d
    const h = hi.n - figure * hi.d
    const a = from[i]!
    const b = to[i]!
    bytes[i] = (Number(l >= a) & Number(h <= b)) | ((Number(h >= a) & Number(l <= b)) << 1)
  }
}

/** Reads the leaves of a slot whose code is one of these bits. */
export function readCodes({ leaves, bytes }: LeafBytes, slot: number, can: number): void {
  const { first, codes } = leaves
  const end = first[slot + 1]!
  for (let i = first[slot]!; i < end; i++) {
    const among = codes[i]!
    bytes[i] = Number((can & ~among) === 0) | (Number((can & among) !== 0) << 1)
  }
}

/** Reads the leaves of a slot whose set certainly and possibly holds these bits. */
export function readSet(
  { leaves, bytes }: LeafBytes,
  slot: number,
  certain: number,
  possible: number,
): void {
  const { first, codes } = leaves
  const end = first[slot + 1]!
  for (let i = first[slot]!; i < end; i++) {
    const code = codes[i]!
    bytes[i] = Number((certain & code) !== 0) | (Number((possible & code) !== 0) << 1)
  }
}
