import {
  type DuckDBAppender,
  type DuckDBConnection,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api'
import type { FactDefinition } from '../../engine/fact-definition.js'
import { dayOf } from '../../model/civil-date.js'
import type { Entity } from '../../model/fact.js'
import type { Household } from '../../model/household.js'
import { shapeOf } from '../to-sql/source-column.js'
import { TABLE_OF } from './fact-tables.js'

/** Appends checked households to both fact tables. */
export interface HouseholdAppender {
  readonly append: (key: number, householdId: string, household: Household) => void
  /** Writes what is still buffered. */
  readonly close: () => void
}

/** An appender for fact tables that were made with these facts. */
export async function openAppender(
  connection: DuckDBConnection,
  facts: Readonly<Record<Entity, readonly FactDefinition[]>>,
): Promise<HouseholdAppender> {
  const households = await connection.createAppender(TABLE_OF.household)
  const members = await connection.createAppender(TABLE_OF.member)
  return {
    append: (key, householdId, household) => {
      const at = BigInt(key)
      households.appendBigInt(at)
      households.appendVarchar(householdId)
      appendFacts(households, household, facts.household)
      for (const member of household.members) {
        members.appendBigInt(at)
        members.appendVarchar(householdId)
        members.appendVarchar(member.id)
        appendFacts(members, member, facts.member)
      }
    },
    close: () => {
      households.closeSync()
      members.closeSync()
    },
  }
}

const CODES = LIST(VARCHAR)

function appendFacts(
  appender: DuckDBAppender,
  json: Readonly<Record<string, unknown>>,
  facts: readonly FactDefinition[],
): void {
  for (const fact of facts) {
    const value = json[fact.name]
    if (value === null || value === undefined || fact.unknownValues.includes(value as string)) {
      appender.appendNull()
    } else append(appender, value, fact)
  }
  appender.endRow()
}

/** Numbers in the steps of their fact, in the type of its column. */
function append(appender: DuckDBAppender, value: unknown, fact: FactDefinition): void {
  switch (fact.type) {
    case 'boolean':
      appender.appendBoolean(value as boolean)
      return
    case 'code':
    case 'string':
      appender.appendVarchar(value as string)
      return
    case 'code-set':
      appender.appendList(listValue([...(value as readonly string[])]), CODES)
      return
    case 'date':
      appendInteger(appender, dayOf(value as string), fact)
      return
    default:
      appendInteger(appender, Math.round((value as number) * fact.scale), fact)
      return
  }
}

function appendInteger(appender: DuckDBAppender, steps: number, fact: FactDefinition): void {
  switch (shapeOf(fact).type) {
    case 'int8':
      appender.appendTinyInt(steps)
      return
    case 'int16':
      appender.appendSmallInt(steps)
      return
    case 'int32':
      appender.appendInteger(steps)
      return
    default:
      appender.appendBigInt(BigInt(steps))
      return
  }
}
