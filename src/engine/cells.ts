import type { LeafBytes } from './program.js'
import { readCodes, readNumber } from './read-leaves.js'
import { CODE, DATE, OTHER_CODE, SCALED, type Slot, TRUTH, WHOLE } from './slots.js'

/**
 * What the conditions tell apart of one fact: a number lies between two of their figures, a
 * code is one they mention or another. The leaf bytes of each such cell are worked out once.
 */
export interface Cells {
  readonly slot: Slot
  readonly reads: number
  readonly scale: number
  /** Figures at which a new cell begins, padded with Infinity to a multiple of four. */
  readonly cuts: Float64Array
  /** The code of every cell but the first, which is for all others. */
  readonly codes: readonly unknown[]
  /** The leaf bytes of the slot as words: where they go, how many, and where cells have them. */
  readonly at: number
  readonly words: number
  readonly first: number
}

/** The cells of every slot, and the words of all of them. */
export interface CellTable {
  readonly cells: readonly Cells[]
  readonly words: Int32Array
}

/** Works out the cells of slots by reading their leaves for one value of each. */
export function makeCells(slots: readonly Slot[], program: LeafBytes): CellTable {
  const table: number[] = []
  const cells = slots.map((slot): Cells => {
    const at = (program.leaves.first[slot.index] as number) / 4
    const words = (program.leaves.first[slot.index + 1] as number) / 4 - at
    const first = table.length
    const cuts = isNumber(slot) ? cutsOf(slot, program) : []
    for (const read of samples(slot, cuts)) {
      read(program)
      table.push(...program.words.subarray(at, at + words))
    }
    const { reads, codes, fact } = slot
    return { slot, reads, scale: fact.scale, cuts: padded(cuts), codes, at, words, first }
  })
  return { cells, words: Int32Array.from(table) }
}

function isNumber({ reads }: Slot): boolean {
  return reads === WHOLE || reads === SCALED || reads === DATE
}

/** Where a comparison turns: at the lower end of its interval and after the upper one. */
function cutsOf({ index }: Slot, { leaves }: LeafBytes): readonly number[] {
  const [start, end] = [leaves.first[index], leaves.first[index + 1]]
  const ends = [
    ...leaves.from.slice(start, end),
    ...leaves.to.slice(start, end).map((to) => to + 1),
  ]
  return [...new Set(ends.filter(Number.isFinite))].sort((a, b) => a - b)
}

function padded(cuts: readonly number[]): Float64Array {
  const length = Math.ceil(cuts.length / 4) * 4
  return Float64Array.from({ length }, (_, place) => cuts[place] ?? Infinity)
}

/** One value of each cell, to be read. */
function samples(slot: Slot, cuts: readonly number[]): readonly ((program: LeafBytes) => void)[] {
  const { index, reads, bits } = slot
  if (isNumber(slot)) {
    return [-Infinity, ...cuts].map(
      (value) => (program) => readNumber(program, index, value, value),
    )
  }
  const can = reads === TRUTH ? bits : reads === CODE ? [OTHER_CODE, ...bits] : []
  return can.map((one) => (program) => readCodes(program, index, one))
}

/** The cell of a number, in the steps of its fact. */
export function cellOfNumber({ cuts }: Cells, value: number): number {
  let cell = 0
  // Four at a time: the loop mostly runs once, and nothing in it has to be guessed.
  for (let i = 0; i < cuts.length; i += 4) {
    cell += Number(value >= cuts[i]!) + Number(value >= cuts[i + 1]!)
    cell += Number(value >= cuts[i + 2]!) + Number(value >= cuts[i + 3]!)
  }
  return cell
}
