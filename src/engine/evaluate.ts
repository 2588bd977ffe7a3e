import { ANY, NOT, type Program } from './program.js'

/**
 * Reads every node of a program whose facts are loaded: all = AND of the bytes, any = OR, not
 * swaps and flips. Nothing is allocated; a module-level function over a program runs twice as
 * fast as a closure over its arrays. `any` is read as what `all` of the complements is not.
 */
export function evaluate({ bytes, nodes }: Program): void {
  const { kind, arity, end, children: from } = nodes
  let n = nodes.first
  let c = 0
  for (let run = 0; run < kind.length; run++) {
    const count = arity[run]!
    const stop = end[run]!
    const flip = kind[run] === ANY ? 3 : 0
    if (kind[run] === NOT) for (; n < stop; n++, c++) bytes[n] = swapAndFlip(bytes[from[c]!]!)
    else if (count === 2) for (; n < stop; n++, c += 2) bytes[n] = two(bytes, from, c, flip) ^ flip
    else if (count === 3) {
      for (; n < stop; n++, c += 3) {
        bytes[n] = (two(bytes, from, c, flip) & (bytes[from[c + 2]!]! ^ flip)) ^ flip
      }
    } else if (count === 4) {
      for (; n < stop; n++, c += 4) {
        bytes[n] = (two(bytes, from, c, flip) & two(bytes, from, c + 2, flip)) ^ flip
      }
    } else {
      for (; n < stop; n++) {
        let byte = 3
        for (const last = c + count; c < last; c++) byte &= bytes[from[c]!]! ^ flip
        bytes[n] = byte ^ flip
      }
    }
  }
}

function two(bytes: Uint8Array, from: Int32Array, c: number, flip: number): number {
  return (bytes[from[c]!]! ^ flip) & (bytes[from[c + 1]!]! ^ flip)
}

function swapAndFlip(byte: number): number {
  return ((~byte & 1) << 1) | ((~byte >> 1) & 1)
}
