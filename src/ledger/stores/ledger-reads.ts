import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Node, Place } from '../merkle-tree.js'
import type {
  DecisionQuery,
  IndexedOutcome,
  LedgerReads,
  Moment,
  StoredEntry,
  StoredReading,
} from './store.js'
import type { EntryRow, Tables } from './tables.js'

/** Columns of an entry in the words of the ledger. */
const ENTRY = [
  'entries.id',
  'entries.kind',
  'entries.body',
  'entries.leaf_hash as leafHash',
  'entries.recorded_at as recordedAt',
  'entries.office',
  'entries.case_reference as caseReference',
  'entries.decision',
  'entries.signature',
  'entries.key_id as keyId',
] as const

/** Reads a ledger through Kysely, on either store. */
export function ledgerReads(db: Kysely<Tables>): LedgerReads {
  return {
    ...entryReads(db),
    ...decisionReads(db),
    ...logReads(db),
    ...checkpointReads(db),
    readings: readingsOf(db),
  }
}

type EntryReads = Pick<LedgerReads, 'entry' | 'facts' | 'byKey' | 'about'>

function entryReads(db: Kysely<Tables>): EntryReads {
  return {
    entry: async (id) =>
      (await db
        .selectFrom('entries')
        .select(ENTRY)
        // PostgreSQL refuses this character instead of finding nothing.
        .where('id', '=', id.replaceAll('\0', ' '))
        .executeTakeFirst()) ?? null,
    facts: async (id) =>
      (await db
        .selectFrom('facts')
        .select(['salt', 'facts as text'])
        .where('entry_id', '=', id)
        .executeTakeFirst()) ?? null,
    byKey: async (office, key) =>
      (await db
        .selectFrom('entries')
        .select(['id', 'request_digest as digest'])
        .where('office', '=', office)
        .where('idempotency_key', '=', key)
        .$narrowType<{ digest: string }>()
        .executeTakeFirst()) ?? null,
    about: async (decision) =>
      await db
        .selectFrom('entries')
        .select(ENTRY)
        .where('decision', '=', decision)
        .orderBy('recorded_at')
        .orderBy('id')
        .execute(),
  }
}

type DecisionReads = Pick<LedgerReads, 'newest' | 'oldest'>

function decisionReads(db: Kysely<Tables>): DecisionReads {
  return {
    newest: async (query, before) =>
      await chosen(db.selectFrom('entries'), query)
        .select(ENTRY)
        .$if(before !== null, (some) => some.where(position('<', before as Moment)))
        .orderBy('entries.recorded_at', 'desc')
        .orderBy('entries.id', 'desc')
        .execute(),
    oldest: async (query, after) => {
      const rows = await chosen(db.selectFrom('entries'), query)
        .leftJoin('facts', 'facts.entry_id', 'entries.id')
        .select([...ENTRY, 'facts.salt', 'facts.facts'])
        .$if(after !== null, (some) => some.where(position('>', after as Moment)))
        .orderBy('entries.recorded_at')
        .orderBy('entries.id')
        .execute()
      return rows.map(({ salt, facts, ...entry }) => ({
        ...(entry as StoredEntry),
        facts: salt === null || facts === null ? null : { salt, text: facts },
      }))
    },
  }
}

/** Before or after a moment in the order of time, then id. */
function position(operator: '<' | '>', { recordedAt, id }: Moment) {
  return sql<boolean>`(entries.recorded_at, entries.id) ${sql.raw(operator)} (${recordedAt}, ${id})`
}

function chosen(entries: SelectQueryBuilder<Tables, 'entries', object>, query: DecisionQuery) {
  const { office, caseReference, from, to, limit } = query

  const equal = (column: keyof EntryRow, value: string | undefined) =>
    value === undefined
      ? sql<boolean>`1 = 1`
      : sql<boolean>`${sql.ref(`entries.${column}`)} = ${value}`
  return entries
    .where('entries.kind', '=', 'decision')
    .where(equal('office', office))
    .where(equal('case_reference', caseReference))
    .$if(asksForOutcome(query), (some) =>
      some.where((where) => where.exists(outcomesOf(where, query))),
    )
    .$if(from !== undefined, (some) => some.where('entries.recorded_at', '>=', from as string))
    .$if(to !== undefined, (some) => some.where('entries.recorded_at', '<', to as string))
    .limit(limit)
}

function asksForOutcome({ programme, programmesOf, outcome }: DecisionQuery): boolean {
  return [programme, programmesOf, outcome].some((one) => one !== undefined)
}

/** Outcomes of an entry that are all that is asked for at once. */
function outcomesOf(
  where: ExpressionBuilder<Tables, 'entries'>,
  { programme, programmesOf, outcome }: DecisionQuery,
) {
  return (
    where
      .selectFrom('outcomes')
      .select('outcomes.entry_id')
      .whereRef('outcomes.entry_id', '=', 'entries.id')
      .$if(programme !== undefined, (one) =>
        one.where('outcomes.programme', '=', programme as string),
      )
      // A slug has letters, digits and hyphens, so nothing in it is a wildcard.
      .$if(programmesOf !== undefined, (one) =>
        one.where('outcomes.programme', 'like', `${programmesOf}/%`),
      )
      .$if(outcome !== undefined, (one) => one.where('outcomes.outcome', '=', outcome as string))
  )
}

type LogReads = Pick<LedgerReads, 'size' | 'logged' | 'leafIndex' | 'nodes'>

function logReads(db: Kysely<Tables>): LogReads {
  return {
    size: async () => {
      const last = await db
        .selectFrom('log')
        .select('leaf_index')
        .orderBy('leaf_index', 'desc')
        .limit(1)
        .executeTakeFirst()
      return last === undefined ? 0 : last.leaf_index + 1
    },
    logged: async (from, to) => {
      const log = db.selectFrom('log').where('leaf_index', '>=', from).where('leaf_index', '<', to)
      const entries = await log
        .innerJoin('entries', 'entries.id', 'log.entry_id')
        .select([...ENTRY, 'log.leaf_index as leafIndex'])
        .orderBy('leaf_index')
        .execute()
      const indexed = await log
        .innerJoin('outcomes', 'outcomes.entry_id', 'log.entry_id')
        .select(['outcomes.entry_id as id', 'outcomes.programme', 'outcomes.outcome'])
        .execute()
      const byEntry = new Map<string, IndexedOutcome[]>()
      for (const { id, ...one } of indexed) {
        const others = byEntry.get(id)
        if (others === undefined) byEntry.set(id, [one])
        else others.push(one)
      }
      return entries.map((entry) => ({ ...entry, outcomes: byEntry.get(entry.id) ?? [] }))
    },
    leafIndex: async (id) => {
      const found = await db
        .selectFrom('log')
        .select('leaf_index')
        .where('entry_id', '=', id)
        .executeTakeFirst()
      return found?.leaf_index ?? null
    },
    nodes: (places) => nodesAt(db, places),
  }
}

/** The nodes at some places: leaves stand in the log, the others among the nodes. */
export async function nodesAt(
  db: Kysely<Tables>,
  places: readonly Place[],
): Promise<readonly Node[]> {
  const leaves = places.filter(({ level }) => level === 0).map(({ index }) => index)
  const inner = places.filter(({ level }) => level > 0)
  const found = [
    ...(leaves.length === 0
      ? []
      : await db
          .selectFrom('log')
          .select(['leaf_index as node_index', 'leaf_hash as hash'])
          .where('leaf_index', 'in', leaves)
          .execute()
          .then((rows) => rows.map((row) => ({ ...row, level: 0 })))),
    ...(inner.length === 0
      ? []
      : await db
          .selectFrom('nodes')
          .selectAll()
          .where((where) =>
            where.or(inner.map(({ level, index }) => where.and({ level, node_index: index }))),
          )
          .execute()),
  ]
  return found.map(({ level, node_index, hash }) => ({
    level,
    index: node_index,
    hash: Buffer.from(hash, 'base64'),
  }))
}

type CheckpointReads = Pick<
  LedgerReads,
  'origin' | 'latestCheckpoint' | 'checkpoints' | 'keys' | 'deliveries'
>

function checkpointReads(db: Kysely<Tables>): CheckpointReads {
  const checkpoints = () =>
    db.selectFrom('checkpoints').select(['size', 'note', 'issued_at as issuedAt'])
  return {
    origin: async () =>
      (await db.selectFrom('identity').select('origin').executeTakeFirstOrThrow()).origin,
    latestCheckpoint: async () =>
      (await checkpoints().orderBy('size', 'desc').limit(1).executeTakeFirst()) ?? null,
    checkpoints: async (above, limit) =>
      await checkpoints().where('size', '>', above).orderBy('size').limit(limit).execute(),
    keys: async () =>
      await db
        .selectFrom('keys')
        .select(['key_id as keyId', 'verifier', 'since', 'retired_at as retiredAt'])
        .orderBy('since')
        .orderBy('key_id')
        .execute(),
    deliveries: async () =>
      await db
        .selectFrom('deliveries')
        .select(['size', 'place', 'delivered_at as deliveredAt'])
        .orderBy('delivered_at', 'desc')
        .execute(),
  }
}

function readingsOf(db: Kysely<Tables>): LedgerReads['readings'] {
  return async ({ decision, actor, from, to, limit }, before) =>
    await db
      .selectFrom('readings')
      .select(['id', 'read_at as readAt', 'actor', 'office', 'act', 'decision'])
      .$narrowType<Pick<StoredReading, 'act'>>()
      .$if(decision !== undefined, (some) => some.where('decision', '=', decision as string))
      .$if(actor !== undefined, (some) => some.where('actor', '=', actor as string))
      .$if(from !== undefined, (some) => some.where('read_at', '>=', from as string))
      .$if(to !== undefined, (some) => some.where('read_at', '<', to as string))
      .$if(before !== null, (some) =>
        some.where(
          sql<boolean>`(read_at, id) < (${(before as Moment).recordedAt}, ${(before as Moment).id})`,
        ),
      )
      .orderBy('read_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
}
