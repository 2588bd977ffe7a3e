import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { readingWriter } from './reading-writer.js'
import type { Store } from './store.js'
import type { Tables } from './tables.js'

/** Gives a new store its name, which its checkpoints carry; an old one keeps its own. */
export async function setUp(db: Kysely<Tables>): Promise<void> {
  const origin = `huimin.local/${randomBytes(6).toString('hex')}`
  await db
    .insertInto('identity')
    .values({ place: 1, origin })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Writes = Pick<Store, 'addCheckpoint' | 'addKey' | 'addDelivery' | 'addReadings'>

/** The small writes beside entries, the same on both stores. */
export function storeWrites(db: Kysely<Tables>): Writes {
  return {
    addReadings: readingWriter(db),
    addCheckpoint: async ({ size, note, issuedAt }) => {
      await db
        .insertInto('checkpoints')
        .values({ size, note, issued_at: issuedAt })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    addKey: async ({ keyId, verifier, since }, retireOthers) => {
      await db
        .insertInto('keys')
        .values({ key_id: keyId, verifier, since, retired_at: null })
        .onConflict((known) => known.column('key_id').doUpdateSet({ retired_at: null }))
        .execute()
      if (!retireOthers) return
      await db
        .updateTable('keys')
        .set({ retired_at: since })
        .where('key_id', '!=', keyId)
        .where('retired_at', 'is', null)
        .execute()
    },
    addDelivery: async ({ size, place, deliveredAt }) => {
      await db.insertInto('deliveries').values({ size, place, delivered_at: deliveredAt }).execute()
    },
  }
}
