import { isTrivial } from './logic.js'
import { type AggregateName, type Column, columnsOf, keyOf, read, type Sql } from './sql.js'

type Entity = Column['entity']

/**
 * The columns of a screening, household and member apart. A round is: member columns, aggregates
 * over them, household columns; a member column that reads a household column waits for the next
 * round. `depth` orders the columns of one table and round.
 */
export interface Columns {
  /** A column of the source. */
  readonly source: (entity: Entity, name: string, shape: Pick<Column, 'type' | 'most'>) => Sql
  /** Gives a computation a column of its own, once; trivial ones stay as they are. */
  readonly bind: Bind
  /** A household's column over its members. */
  readonly aggregate: (name: AggregateName, operands: readonly Sql[], shape: Shape) => Sql
}

type Shape = Pick<Column, 'type' | 'most'>
export type Bind = (entity: Entity, sql: Sql, name?: string) => Sql

/** Names that every database keeps whole. */
const LONGEST = 60

/** An empty set of columns. */
export function makeColumns(): Columns {
  const aggregates = new Map<string, Column>()
  const sources = new Map<string, Column>()
  const source: Columns['source'] = (entity, name, shape) => {
    const column = sources.get(name) ?? { name, entity, sql: null, round: 0, depth: 0, ...shape }
    sources.set(name, column)
    return read(column)
  }
  const aggregate: Columns['aggregate'] = (name, operands, shape) => {
    const sql: Sql = { kind: 'aggregate', name, operands, ...shape }
    const known = aggregates.get(keyOf(sql))
    if (known !== undefined) return read(known)
    const round = Math.max(
      0,
      ...operands.flatMap(columnsOf).map((column) => roundIn('member', column)),
    )
    const column: Column = {
      name: `over members ${aggregates.size + 1}`,
      entity: 'household',
      sql,
      round,
      depth: 0,
      ...shape,
    }
    aggregates.set(keyOf(sql), column)
    return read(column)
  }
  const bind = binder(new Map(), (entity, number) => `${entity} ${number}`)
  return { source, aggregate, bind }
}

/** Columns that only one SELECT needs, on top of others; `all` so far. */
export function makeLocalColumns(): { readonly all: readonly Column[]; readonly bind: Bind } {
  const all = new Map<string, Column>()
  const bind = binder(all, (_, number) => `step ${number}`, true)
  return {
    get all() {
      return [...all.values()]
    },
    bind,
  }
}

function binder(
  columns: Map<string, Column>,
  nameOf: (entity: Entity, number: number) => string,
  local = false,
): Bind {
  return (entity, sql, name) => {
    if (isTrivial(sql)) return sql
    const key = `${entity} ${keyOf(sql)}`
    const known = columns.get(key)
    if (known !== undefined) return read(known)
    const place = local ? placeLocally(sql, columns) : placeIn(entity, columnsOf(sql))
    const { type, most } = sql
    const column: Column = {
      name: name !== undefined && name.length <= LONGEST ? name : nameOf(entity, columns.size + 1),
      entity,
      sql,
      type,
      most,
      ...place,
    }
    columns.set(key, column)
    return read(column)
  }
}

/** The round in which a column can be read in a table. */
function roundIn(entity: Entity, column: Column): number {
  return entity === 'member' && column.entity === 'household' ? column.round + 1 : column.round
}

function placeIn(entity: Entity, reads: readonly Column[]): Pick<Column, 'round' | 'depth'> {
  const round = Math.max(0, ...reads.map((column) => roundIn(entity, column)))
  const beside = reads.filter((column) => column.entity === entity && column.round === round)
  return { round, depth: 1 + Math.max(0, ...beside.map(({ depth }) => depth)) }
}

function placeLocally(
  sql: Sql,
  columns: ReadonlyMap<string, Column>,
): Pick<Column, 'round' | 'depth'> {
  const own = new Set(columns.values())
  const beside = columnsOf(sql).filter((column) => own.has(column))
  return { round: 0, depth: 1 + Math.max(0, ...beside.map(({ depth }) => depth)) }
}
