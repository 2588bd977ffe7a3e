import { type BooleanSql, booleanSql, type CodeOption, type CodeSql } from './bounds-sql.js'
import { and, not, or } from './logic.js'
import { FALSE, type Sql, TRUE, text, truth } from './sql.js'

/**
 * GB/T 2260: a code lies in a region when it begins with the region's digits before the zeros.
 * Every code it can be is tried with every region it can be.
 */
export function withinToSql(code: CodeSql, region: CodeSql): BooleanSql {
  const regions = region.options.flatMap(each)
  const pairs = code.options
    .flatMap(each)
    .flatMap((inner) => regions.map((outer) => ({ inner, outer })))
    .map(({ inner, outer }) => ({
      guard: and(inner.guard, outer.guard),
      reading: beginsWith(inner.code, outer.code),
    }))
  return booleanSql(
    and(...pairs.map(({ guard, reading }) => or(not(guard), reading.certainly))),
    or(...pairs.map(({ guard, reading }) => and(guard, reading.possibly))),
  )
}

interface One {
  readonly guard: Sql
  /** Null: any code of an open list. */
  readonly code: Sql | null
}

function each({ guard, code }: CodeOption): readonly One[] {
  if (code === null) return [{ guard, code: null }]
  return Array.isArray(code)
    ? code.map((one: string) => ({ guard, code: text(one) }))
    : [{ guard, code: code as Sql }]
}

function beginsWith(code: Sql | null, region: Sql | null): BooleanSql {
  if (code === null || region === null) return booleanSql(FALSE, TRUE)
  const prefix = regionPrefix(region)
  if (code.kind === 'value' && prefix.kind === 'value')
    return booleanSql(truth(String(code.value).startsWith(String(prefix.value))))
  return booleanSql({
    kind: 'call',
    type: 'boolean',
    most: 0n,
    name: 'startsWith',
    operands: [code, prefix],
  })
}

function regionPrefix(region: Sql): Sql {
  if (region.kind === 'value') return text(String(region.value).replace(/(00)+$/, ''))
  return { kind: 'call', type: 'text', most: 0n, name: 'regionPrefix', operands: [region] }
}
