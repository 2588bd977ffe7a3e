import { type Dialect, quoted } from './dialect.js'
import { INTEGERS, type IntegerType, type Sql, type SqlType } from './sql.js'

/** SQL text with its parameters, `$1` first; every parameter travels as text and is cast. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly string[]
}

/** Collects the parameters of one statement: a value that is used twice is sent once. */
export interface Parameters {
  readonly values: readonly string[]
  readonly place: (value: string) => string
}

/** No parameters yet. */
export function makeParameters(): Parameters {
  const places = new Map<string, number>()
  return {
    get values() {
      return [...places.keys()]
    },
    place: (value) => {
      const place = places.get(value) ?? places.size + 1
      places.set(value, place)
      return `$${place}`
    },
  }
}

/** Spells SQL nodes in a dialect; values become parameters, columns quoted names. */
export function renderer(dialect: Dialect, parameters: Parameters): (sql: Sql) => string {
  const value = (of: bigint | string, type: SqlType) =>
    `${parameters.place(String(of))}::${dialect.types[type]}`
  const render = (sql: Sql): string => {
    switch (sql.kind) {
      case 'value':
        return typeof sql.value === 'boolean'
          ? String(sql.value).toUpperCase()
          : value(sql.value, sql.type)
      case 'null':
        return `NULL::${dialect.types[sql.type]}`
      case 'column':
        return quoted(sql.column.name)
      case 'arithmetic':
        return arithmetic(sql)
      case 'comparison':
        return `(${render(sql.left)} ${sql.operator} ${render(sql.right)})`
      case 'and':
      case 'or':
        return `(${sql.operands.map(render).join(` ${sql.kind.toUpperCase()} `)})`
      case 'not':
        return `(NOT ${render(sql.operand)})`
      case 'isNull':
        return `(${render(sql.operand)} IS NULL)`
      case 'case': {
        const branches = sql.branches.map(
          ({ when, give }) => `WHEN ${render(when)} THEN ${as(give, sql.type)} `,
        )
        return `(CASE ${branches.join('')}ELSE ${as(sql.otherwise, sql.type)} END)`
      }
      case 'call':
        return dialect.functions[sql.name](...sql.operands.map(render))
      case 'aggregate':
        return cast(dialect.aggregates[sql.name](...sql.operands.map(render)), sql.type)
    }
  }
  const arithmetic = (sql: Sql & { readonly kind: 'arithmetic' }): string => {
    const { operator, type } = sql
    const room = widest(type as IntegerType, sql.left.type, sql.right.type)
    const [left, right] = [as(sql.left, room), as(sql.right, room)]
    const spelled =
      operator === 'quotient' || operator === 'rest' || operator === 'gcd'
        ? dialect.arithmetic[operator](left, right, room)
        : `(${left} ${operator} ${right})`
    return room === type ? spelled : cast(spelled, type)
  }
  const cast = (spelled: string, type: SqlType) =>
    type === 'ratio' ? spelled : `(${spelled})::${dialect.types[type]}`
  /** A number in a type with at least this much room; literals simply take it. */
  const as = (sql: Sql, type: SqlType): string => {
    if (sql.type === type || !isInteger(type)) return render(sql)
    return sql.kind === 'value' ? value(sql.value as bigint, type) : cast(render(sql), type)
  }
  return render
}

function isInteger(type: SqlType): type is IntegerType {
  return (INTEGERS as readonly SqlType[]).includes(type)
}

/** The type of an operation: that of its result, or of an operand that needs more room. */
function widest(...types: readonly SqlType[]): IntegerType {
  const places = types.map((type) => INTEGERS.indexOf(type as IntegerType))
  return INTEGERS[Math.max(...places)] as IntegerType
}
