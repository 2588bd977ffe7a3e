/** Whole numbers by the room they need; `wide` holds what 63 bits do not. */
export const INTEGERS = ['int8', 'int16', 'int32', 'int64', 'wide'] as const
export type IntegerType = (typeof INTEGERS)[number]
export type SqlType = IntegerType | 'boolean' | 'text' | 'list' | 'ratio' | 'money'

/** What every node knows of its value: no node but a source column is ever NULL. */
interface Typed {
  readonly type: SqlType
  /** Greatest magnitude of a number; 0 for the rest. */
  readonly most: bigint
}

export type Comparison = '=' | '<>' | '<' | '<='
export type Arithmetic = '+' | '-' | '*' | '&' | '|' | 'quotient' | 'rest' | 'gcd'
/** Functions that dialects spell differently. */
export type FunctionName =
  | 'year'
  | 'month'
  | 'dayOfMonth'
  | 'startsWith'
  | 'regionPrefix'
  | 'contains'
  | 'sameSet'
  | 'numerator'
  | 'denominator'
  | 'join'
  | 'yuan'
  | 'listOf'
  | 'sortedListOf'
  | 'noList'
export type AggregateName = 'sum' | 'any' | 'all' | 'count' | 'texts' | 'ratios'

/** A computed or source column; its name is its identity. */
export interface Column {
  readonly name: string
  readonly entity: 'household' | 'member'
  /** Null for a column of the source. */
  readonly sql: Sql | null
  readonly type: SqlType
  readonly most: bigint
  /** When it can be computed: see `columns.ts`. */
  readonly round: number
  readonly depth: number
}

/** SQL as tagged nodes; values never become text, `render` binds them. */
export type Sql = Typed &
  (
    | { readonly kind: 'value'; readonly value: boolean | bigint | string }
    | { readonly kind: 'null' }
    | { readonly kind: 'column'; readonly column: Column }
    | {
        readonly kind: 'arithmetic'
        readonly operator: Arithmetic
        readonly left: Sql
        readonly right: Sql
      }
    | {
        readonly kind: 'comparison'
        readonly operator: Comparison
        readonly left: Sql
        readonly right: Sql
      }
    | { readonly kind: 'and' | 'or'; readonly operands: readonly Sql[] }
    | { readonly kind: 'not'; readonly operand: Sql }
    | { readonly kind: 'isNull'; readonly operand: Sql }
    | { readonly kind: 'case'; readonly branches: readonly Branch[]; readonly otherwise: Sql }
    | { readonly kind: 'call'; readonly name: FunctionName; readonly operands: readonly Sql[] }
    | {
        readonly kind: 'aggregate'
        readonly name: AggregateName
        readonly operands: readonly Sql[]
      }
  )

export interface Branch {
  readonly when: Sql
  readonly give: Sql
}

export const TRUE: Sql = { kind: 'value', type: 'boolean', most: 0n, value: true }
export const FALSE: Sql = { kind: 'value', type: 'boolean', most: 0n, value: false }

const LIMITS: readonly (readonly [IntegerType, bigint])[] = [
  ['int8', 2n ** 7n],
  ['int16', 2n ** 15n],
  ['int32', 2n ** 31n],
  ['int64', 2n ** 63n],
]

/** The narrowest type that holds magnitudes up to this. */
export function integerType(most: bigint): IntegerType {
  return LIMITS.find(([, limit]) => most < limit)?.[0] ?? 'wide'
}

/** A whole number. */
export function integer(value: number | bigint): Sql {
  const exact = BigInt(value)
  const most = exact < 0n ? -exact : exact
  return { kind: 'value', type: integerType(most), most, value: exact }
}

/** A piece of text. */
export function text(value: string): Sql {
  return { kind: 'value', type: 'text', most: 0n, value }
}

/** A truth value. */
export function truth(value: boolean): Sql {
  return value ? TRUE : FALSE
}

/** A column where it is read. */
export function read(column: Column): Sql {
  return { kind: 'column', type: column.type, most: column.most, column }
}

const KEYS = new WeakMap<Sql, string>()

/** A text that is the same for nodes that compute the same. */
export function keyOf(sql: Sql): string {
  const before = KEYS.get(sql)
  if (before !== undefined) return before
  const key = JSON.stringify([sql.kind, sql.type, ...partsOf(sql)])
  KEYS.set(sql, key)
  return key
}

function partsOf(sql: Sql): readonly unknown[] {
  switch (sql.kind) {
    case 'value':
      return [String(sql.value)]
    case 'column':
      return [sql.column.name]
    case 'arithmetic':
    case 'comparison':
      return [sql.operator, keyOf(sql.left), keyOf(sql.right)]
    case 'call':
    case 'aggregate':
      return [sql.name, ...sql.operands.map(keyOf)]
    default:
      return operandsOf(sql).map(keyOf)
  }
}

/** The nodes directly below one. */
function operandsOf(sql: Sql): readonly Sql[] {
  switch (sql.kind) {
    case 'value':
    case 'null':
    case 'column':
      return []
    case 'arithmetic':
    case 'comparison':
      return [sql.left, sql.right]
    case 'not':
    case 'isNull':
      return [sql.operand]
    case 'case':
      return [...sql.branches.flatMap(({ when, give }) => [when, give]), sql.otherwise]
    default:
      return sql.operands
  }
}

/** Every column that a node reads. */
export function columnsOf(sql: Sql): readonly Column[] {
  return sql.kind === 'column' ? [sql.column] : operandsOf(sql).flatMap(columnsOf)
}

/** Whether two nodes surely compute the same. */
export function isSame(a: Sql, b: Sql): boolean {
  return a === b || keyOf(a) === keyOf(b)
}

/** The whole number a node is, where it is known when the SQL is written. */
export function constant(sql: Sql): bigint | undefined {
  return sql.kind === 'value' && typeof sql.value === 'bigint' ? sql.value : undefined
}
