import type { AggregateName, Arithmetic, FunctionName, SqlType } from './sql.js'

type Spelled = (...operands: readonly string[]) => string

/** What databases spell differently; everything else is in `render.ts`. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres'
  readonly types: Readonly<Record<SqlType, string>>
  readonly arithmetic: Readonly<Record<Extract<Arithmetic, 'quotient' | 'rest' | 'gcd'>, Spelled>>
  readonly functions: Readonly<Record<FunctionName, Spelled>>
  readonly aggregates: Readonly<Record<AggregateName, Spelled>>
  /** After a subquery whose columns must be computed once. */
  readonly fence: string
  /** What must run before SQL that adds fractions. */
  readonly prelude: readonly string[]
  /** The head of a statement that keeps a result for the rest of the run. */
  readonly keep: (table: string) => string
}

/** An identifier, quoted. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as a literal: a path, an id, a code of the dictionary. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
