import { greater, lesser, type Ratio } from './ratio.js'

/** Both readings of a condition in one byte: certainly | possibly << 1. */
export type Reading = 0 | 2 | 3
export const NO: Reading = 0
export const OPEN: Reading = 2
export const YES: Reading = 3

/** What a number can be; money in fen, dates in days. */
export interface NumberBounds {
  readonly kind: 'number'
  readonly lo: Ratio
  readonly hi: Ratio
}
export interface BooleanBounds {
  readonly kind: 'boolean'
  readonly reading: Reading
}
/** The codes a code can be; null: any code of an open list. */
export interface CodeBounds {
  readonly kind: 'code'
  readonly codes: readonly string[] | null
}
/** What a set certainly holds and what it possibly holds; null: anything. */
export interface SetBounds {
  readonly kind: 'set'
  readonly certain: readonly string[]
  readonly possible: readonly string[] | null
}
/** What a value can be. Known: lower and upper bound are the same. */
export type Bounds = NumberBounds | BooleanBounds | CodeBounds | SetBounds

/** A number that is known, or lies between two. */
export function numberBounds(lo: Ratio, hi: Ratio = lo): NumberBounds {
  return { kind: 'number', lo, hi }
}

/** A truth value that is known, or null for unknown. */
export function booleanBounds(value: boolean | null): BooleanBounds {
  return { kind: 'boolean', reading: value === null ? OPEN : value ? YES : NO }
}

/** The other way round: not certainly is not possibly. */
export function flip(reading: Reading): Reading {
  return reading === OPEN ? OPEN : reading === YES ? NO : YES
}

/** From the two readings apart. */
export function readingOf(certainly: boolean, possibly: boolean): Reading {
  return certainly ? YES : possibly ? OPEN : NO
}

/** Whether a value is known. */
export function isKnown(bounds: Bounds): boolean {
  switch (bounds.kind) {
    case 'number':
      return bounds.lo.n === bounds.hi.n && bounds.lo.d === bounds.hi.d
    case 'boolean':
      return bounds.reading !== OPEN
    case 'code':
      return bounds.codes?.length === 1
    case 'set':
      return bounds.possible !== null && bounds.certain.length === bounds.possible.length
  }
}

/** What a value can be when it is one of two: the union. Both are of one kind, as typing sees to. */
export function unite(a: Bounds, b: Bounds): Bounds {
  switch (a.kind) {
    case 'number': {
      const { lo, hi } = b as NumberBounds
      return numberBounds(lesser(a.lo, lo), greater(a.hi, hi))
    }
    case 'boolean':
      return a.reading === (b as BooleanBounds).reading ? a : booleanBounds(null)
    case 'code':
      return { kind: 'code', codes: union(a.codes, (b as CodeBounds).codes) }
    case 'set': {
      const { certain, possible } = b as SetBounds
      const both = a.certain.filter((code) => certain.includes(code))
      return { kind: 'set', certain: both, possible: union(a.possible, possible) }
    }
  }
}

function union(a: readonly string[] | null, b: readonly string[] | null): readonly string[] | null {
  return a === null || b === null ? null : [...new Set([...a, ...b])]
}
