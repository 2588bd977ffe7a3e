import type { NumberSql } from './bounds-sql.js'
import type { Compilation, View } from './compilation.js'
import type { RatioSql } from './ratio-to-sql.js'
import type { Sql } from './sql.js'

/** Gives computations columns of their own, for the rows of a view. */
export function binder(view: View, { columns }: Pick<Compilation, 'columns'>): (sql: Sql) => Sql {
  return (sql) => columns.bind(view === 'member' ? 'member' : 'household', sql)
}

/** A number whose ends are columns: what is read twice is computed once. */
export function bound(number: NumberSql, view: View, compilation: Compilation): NumberSql {
  const bind = binder(view, compilation)
  const end = ({ n, d }: RatioSql): RatioSql => ({ n: bind(n), d: bind(d) })
  return { ...number, lo: end(number.lo), hi: end(number.hi) }
}
