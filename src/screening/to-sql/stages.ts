import { ENTITIES } from '../../model/fact.js'
import { type Column, columnsOf, type Sql } from './sql.js'

/** One table of bounds: what it is made from and which columns it keeps for later. */
export interface Stage {
  readonly kind: 'members' | 'aggregates' | 'households'
  readonly round: number
  /** Columns computed here, in order of depth. */
  readonly computes: readonly Column[]
  /** Columns of households that come to the members here. */
  readonly joins: readonly Column[]
  /** Columns that something later reads. */
  readonly keeps: readonly Column[]
}

type Entity = Column['entity']

/** The columns that the rules of each subject read; absent: no rule has that subject. */
export type Needed = Partial<Readonly<Record<Entity, readonly Column[]>>>

/** A reader of columns, and the table it reads them from. */
interface Reader {
  readonly entity: Entity
  /** The round of the table it stands in or reads; infinite for rules. */
  readonly round: number
  /** Whether it reads the finished table (a rule, an aggregate) or helps to make it. */
  readonly finished: boolean
  readonly reads: readonly Column[]
}

/**
 * The tables that rules need, in the order they are made: members, aggregates over them,
 * households, and again. `household` and `member` are what the rules of each subject read.
 */
export function stagesOf(needed: Needed): readonly Stage[] {
  const reached = reachedFrom([...(needed.household ?? []), ...(needed.member ?? [])])
  const readers = readersOf(reached, needed)
  const last = (entity: Entity) =>
    Math.max(
      -1,
      ...readers.filter((reader) => reader.entity === entity).map((reader) => firstRound(reader)),
    )
  const lent = readers
    .filter(({ entity }) => entity === 'member')
    .flatMap(({ reads }) => reads.filter(({ entity }) => entity === 'household'))
  const households = Math.max(last('household'), ...lent.map(({ round }) => round))
  const members = last('member')
  const stages: Stage[] = []
  for (let round = 0; round <= Math.max(households, members); round++) {
    if (round <= members) stages.push(membersStage(round, reached, readers))
    const aggregates = reached.filter((column) => isAggregate(column) && column.round === round)
    if (aggregates.length > 0)
      stages.push({ kind: 'aggregates', round, computes: aggregates, joins: [], keeps: aggregates })
    if (round <= households) stages.push(householdsStage(round, reached, readers))
  }
  return stages
}

/** Whether a column is folded over members. */
function isAggregate({ sql }: Column): boolean {
  return sql?.kind === 'aggregate'
}

/** Columns and everything they are computed from. */
export function reachedFrom(roots: readonly Column[]): readonly Column[] {
  const reached = new Map<string, Column>()
  const visit = (column: Column): void => {
    if (reached.has(column.name)) return
    reached.set(column.name, column)
    if (column.sql !== null) columnsOf(column.sql).forEach(visit)
  }
  roots.forEach(visit)
  return [...reached.values()]
}

/** The round in which a column can be read in a table. */
function roundIn(entity: Entity, column: Column): number {
  return entity === 'member' && column.entity === 'household' ? column.round + 1 : column.round
}

function readersOf(columns: readonly Column[], needed: Needed): readonly Reader[] {
  const made = columns
    .filter(({ sql }) => sql !== null)
    .map((column): Reader => {
      const { entity, round } = column
      const reads = columnsOf(column.sql as Sql)
      return isAggregate(column)
        ? { entity: 'member', round, finished: true, reads }
        : { entity, round, finished: false, reads }
    })
  const rules = ENTITIES.flatMap((entity): readonly Reader[] => {
    const reads = needed[entity]
    return reads === undefined
      ? []
      : [{ entity, round: Number.POSITIVE_INFINITY, finished: true, reads }]
  })
  return [...made, ...rules]
}

/** The first round of its table that has everything a reader reads. */
function firstRound({ entity, round, reads }: Reader): number {
  return Number.isFinite(round)
    ? round
    : Math.max(0, ...reads.map((column) => roundIn(entity, column)))
}

/** Columns that a later reader takes from the table of one round. */
function keptIn(
  entity: Entity,
  round: number,
  columns: readonly Column[],
  readers: readonly Reader[],
): readonly Column[] {
  const later = readers.filter((reader) =>
    reader.entity === entity
      ? reader.round > round || (reader.finished && reader.round >= round)
      : entity === 'household' && reader.entity === 'member',
  )
  const names = new Set(later.flatMap(({ reads }) => reads).map(({ name }) => name))
  return columns.filter((column) => {
    if (!names.has(column.name)) return false
    return entity === 'member' || column.entity === 'household'
      ? roundIn(entity, column) <= round
      : false
  })
}

function membersStage(
  round: number,
  reached: readonly Column[],
  readers: readonly Reader[],
): Stage {
  const own = reached.filter(({ entity, sql }) => entity === 'member' && sql !== null)
  const keeps = keptIn('member', round, reached, readers)
  const computes = own.filter((column) => column.round === round)
  const read = new Set([
    ...keeps.map(({ name }) => name),
    ...computes.flatMap(({ sql }) => columnsOf(sql as Sql)).map(({ name }) => name),
  ])
  const joins = reached.filter(
    (column) =>
      column.entity === 'household' && column.round + 1 === round && read.has(column.name),
  )
  return { kind: 'members', round, computes: byDepth(computes), joins, keeps }
}

function householdsStage(
  round: number,
  reached: readonly Column[],
  readers: readonly Reader[],
): Stage {
  const computes = reached.filter(
    (column) =>
      column.entity === 'household' &&
      column.sql !== null &&
      !isAggregate(column) &&
      column.round === round,
  )
  const keeps = keptIn('household', round, reached, readers)
  return { kind: 'households', round, computes: byDepth(computes), joins: [], keeps }
}

function byDepth(columns: readonly Column[]): readonly Column[] {
  return [...columns].sort((a, b) => a.depth - b.depth)
}
