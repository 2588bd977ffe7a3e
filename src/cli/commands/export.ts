import { resolve } from 'node:path'
import { exportLedger } from '../../ledger/export-ledger.js'
import type { Command } from '../command.js'
import { withLedger } from '../ledger-of.js'
import { optional } from '../options.js'
import { printLines } from '../print-lines.js'
import { rulebookOf } from '../rulebook-of.js'
import { signerOfLedger } from '../signer-of.js'
import { writeLines } from '../write-lines.js'

/** `huimin export` */
export const exportLog: Command = {
  help: `huimin export [--out FILE] [--with-facts] [--json]

Writes the log as lines of JSON for an auditor: entries as the bytes that were hashed, the rule
versions they were made under, the signed checkpoints. The service may run meanwhile.

  --out FILE      write to FILE, which appears when it is whole, or into a pipe or device of that
                  name; else to standard output
  --with-facts    with facts and salts: personal information`,
  options: { out: { type: 'string' }, 'with-facts': { type: 'boolean' } },
  operands: [0, 0],
  run: (given) =>
    withLedger(given, async ({ reads: store }) => {
      const { options, io } = given
      const signer = await signerOfLedger(io, store)
      const withFacts = options['with-facts'] === true
      const lines = asLines(exportLedger({ store, rulebook: rulebookOf(io), signer, withFacts }))
      const out = optional(options, 'out')
      if (out === undefined) await printLines(io, lines)
      else await writeLines(resolve(io.cwd, out), lines)
      return 0
    }),
}

async function* asLines(values: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}
