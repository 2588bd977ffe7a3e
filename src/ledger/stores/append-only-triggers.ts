import type { Dialect } from './migrations.js'

/** Tables in which a row stays as it was written. */
const KEPT = ['identity', 'entries', 'outcomes', 'log', 'nodes', 'checkpoints']

const ERASED = "select 1 from entries e where e.kind = 'erasure' and e.decision in"

/**
 * Statements that make a store refuse to edit or remove what it keeps: a guard against accidents,
 * not against the operator, who can drop them. Facts may go once their erasure is an entry.
 */
export function appendOnlyTriggers(dialect: Dialect, tables?: readonly string[]): string[] {
  const statements = dialect === 'sqlite' ? sqliteTriggers : postgresTriggers
  return statements(tables ?? KEPT, tables === undefined)
}

function sqliteTriggers(tables: readonly string[], withFacts: boolean): string[] {
  const refuse = (table: string, action: string, when = '') =>
    `create trigger ${table}_no_${action} before ${action} on ${table} ${when}
     begin select raise(abort, 'the ledger is append-only'); end`
  const kept = tables.flatMap((table) => [refuse(table, 'update'), refuse(table, 'delete')])
  if (!withFacts) return kept
  const about = `(old.entry_id, (select decision from entries where id = old.entry_id))`
  return [
    ...kept,
    refuse('facts', 'update'),
    refuse('facts', 'delete', `when not exists (${ERASED} ${about})`),
  ]
}

function postgresTriggers(tables: readonly string[], withFacts: boolean): string[] {
  const refuse = (table: string, actions: string, level: string, how = 'append_only') =>
    `create trigger ${table}_${how}_${level} before ${actions} on ${table}
     for each ${level} execute function ${how}()`
  const kept = tables.flatMap((table) => [
    refuse(table, 'update or delete', 'row'),
    refuse(table, 'truncate', 'statement'),
  ])
  if (!withFacts) return kept
  const about = `(old.entry_id, (select decision from entries where id = old.entry_id))`
  return [
    `create function append_only() returns trigger language plpgsql as $$
     begin raise exception 'the ledger is append-only'; end $$`,
    `create function erased_only() returns trigger language plpgsql as $$
     begin
       if not exists (${ERASED} ${about}) then raise exception 'the ledger is append-only'; end if;
       return old;
     end $$`,
    ...kept,
    refuse('facts', 'update', 'row'),
    refuse('facts', 'truncate', 'statement'),
    refuse('facts', 'delete', 'row', 'erased_only'),
  ]
}
