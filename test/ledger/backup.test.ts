import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type Test, test } from 'tap'
import { backupLines, restoreLines } from '../../src/ledger/backup.js'
import { openEmpty, openReader } from '../../src/ledger/open-reader.js'
import { decide, townLedger } from '../support/town-ledger.js'

/** The backup of a ledger with more checkpoints than are read at once. */
async function backup(t: Test) {
  const folder = t.testdir({ data: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  await decide(ledger)
  for (let size = 2; size <= 502; size++)
    await ledger.store.addCheckpoint({ size, note: `note ${size}`, issuedAt: 'now' })
  const { db, close } = await openReader({ DATA_DIR: `${folder}/data` })
  t.teardown(close)
  const read = async () => {
    const lines: string[] = []
    for await (const line of backupLines(db)) lines.push(line)
    return lines
  }
  return { folder, read }
}

test('every row stands in a backup once, and the reader can make another', async (t) => {
  const { read } = await backup(t)
  const lines = await read()
  const sizes = lines
    .map((line) => JSON.parse(line))
    .filter(({ table, row }) => table === 'checkpoints' && row.size >= 2)
    .map(({ row }) => row.size)
  t.strictSame(
    sizes,
    Array.from({ length: 501 }, (_, index) => index + 2),
  )
  t.strictSame(await read(), lines)
})

test('a backup whose beginning or count is not right is refused', async (t) => {
  const { folder, read } = await backup(t)
  const lines = (await read()).map((line) => line.trimEnd())
  /** The lines, with an end that fits their bytes and says that many rows. */
  const ended = (body: readonly string[], rows: number) => {
    const sha256 = createHash('sha256')
      .update(`${body.join('\n')}\n`)
      .digest('hex')
    return [...body, JSON.stringify({ kind: 'end', rows, sha256 })]
  }
  const [, ...rows] = lines.slice(0, -1)
  const restore = async (text: readonly string[]) => {
    const { db, close } = await openEmpty({ DATA_DIR: `${folder}/new` })
    try {
      return await restoreLines(db, Readable.from(text))
    } finally {
      await close()
    }
  }
  const other = { message: 'this is no backup that this release can read' }
  const begin = (kind: string, format: number) => JSON.stringify({ kind, format })
  for (const first of [begin('another', 1), begin('huimin-backup', 2)])
    await t.rejects(restore(ended([first, ...rows], rows.length)), other, first)
  const whole = [begin('huimin-backup', 1), ...rows]
  for (const count of [rows.length - 1, rows.length + 1])
    await t.rejects(restore(ended(whole, count)), { message: /was changed, or part of it/ })
  t.equal(await restore(ended(whole, rows.length)), rows.length)
})
