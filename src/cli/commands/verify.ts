import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseVerifier, type Verifier } from '../../ledger/signed-note.js'
import { type NamedReceipt, type Verdict, verifyExport } from '../../ledger/verify-export.js'
import { Receipt } from '../../model/decision.js'
import { answer, type Command, type Given } from '../command.js'
import { UsageError } from '../io.js'
import { several } from '../options.js'
import { lineBytes } from '../read-lines.js'

/** `huimin verify EXPORT` */
export const verify: Command = {
  help: `huimin verify EXPORT --public-key FILE... [--checkpoint FILE...] [--receipt FILE...]
                     [--with-facts] [--json]

Checks an export alone: needs no database, no network and nobody's word. Exit 1 when anything was
altered, removed, added, reordered, or made under other rules.

  --public-key FILE   verifier lines, one each: the keys you were given, retired ones too
  --checkpoint FILE   a checkpoint you kept; without one, a log that was rewritten whole looks right
  --receipt FILE      a receipt that was given to someone, or an answer that holds one
  --with-facts        the export has to hold facts: you asked for one that does`,
  options: {
    'public-key': { type: 'string', multiple: true },
    checkpoint: { type: 'string', multiple: true },
    receipt: { type: 'string', multiple: true },
    'with-facts': { type: 'boolean' },
  },
  operands: [1, 1],
  run: async (given) => {
    const { options, operands, io } = given
    const keys = several(options, 'public-key')
    if (keys.length === 0) throw new UsageError('--public-key is needed')
    const verifiers = keys.flatMap((file) => verifiersIn(file, given))
    const checkpoints = several(options, 'checkpoint').map((file) => ({
      name: file,
      text: textOf(file, given),
    }))
    const receipts = several(options, 'receipt').map((file) => receiptIn(file, given))
    const lines = lineBytes(resolve(io.cwd, operands[0] as string))
    const withFacts = options['with-facts'] === true
    const verdict = await verifyExport(lines, { checkpoints, receipts, verifiers, withFacts })
    answer(given, verdict, () => text(verdict))
    return verdict.good ? 0 : 1
  },
}

function textOf(file: string, { io }: Given): string {
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch {
    throw new UsageError(`cannot read ${file}`)
  }
}

function verifiersIn(file: string, given: Given): readonly Verifier[] {
  const lines = textOf(file, given).split(/\r?\n/).filter(Boolean)
  if (lines.length === 0) throw new UsageError(`${file} holds no public key`)
  return lines.map((line) => {
    const verifier = parseVerifier(line)
    if (verifier === null) throw new UsageError(`${file} holds a line that is no public key`)
    return verifier
  })
}

function receiptIn(file: string, given: Given): NamedReceipt {
  try {
    const json = JSON.parse(textOf(file, given)) as { readonly receipt?: unknown }
    return { name: file, receipt: Receipt.parse(json.receipt ?? json) }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} holds no receipt`)
  }
}

function text({ good, entries, checkpoints, receipts, facts, findings }: Verdict): string {
  const lines = findings.map(({ problem, message }) => `${problem}: ${message}\n`)
  const counts = `${entries} entries, ${checkpoints} checkpoints, ${receipts} receipts, ${facts} facts`
  return `${lines.join('')}${good ? 'good' : 'NOT GOOD'}: ${counts}\n`
}
