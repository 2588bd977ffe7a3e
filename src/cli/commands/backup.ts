import { resolve } from 'node:path'
import { backupLines } from '../../ledger/backup.js'
import { answer, type Command } from '../command.js'
import { withLedger } from '../ledger-of.js'
import { required } from '../options.js'
import { writeLines } from '../write-lines.js'

/** `huimin backup --to FILE` */
export const backup: Command = {
  help: `huimin backup --to FILE [--json]

Copies the ledger as it is at this moment to FILE, while the service runs. The file holds personal
information; private keys are not in it. It can be restored into either kind of store.`,
  options: { to: { type: 'string' } },
  operands: [0, 0],
  run: (given) =>
    withLedger(given, async ({ db }) => {
      const { options, io } = given
      const file = resolve(io.cwd, required(options, 'to'))
      await writeLines(file, backupLines(db))
      answer(given, { file }, () => `${file}\n`)
      return 0
    }),
}
