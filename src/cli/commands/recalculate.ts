import { programmeFaults } from '../../ledger/programme-faults.js'
import {
  parseRecalculationTerms,
  type RecalculationLine,
  recalculate as recalculateLedger,
} from '../../ledger/recalculate.js'
import type { Command } from '../command.js'
import { UsageError } from '../io.js'
import { withLedger } from '../ledger-of.js'
import { type Options, optional } from '../options.js'
import { printLines } from '../print-lines.js'
import { rulebookOf } from '../rulebook-of.js'
import { termsOf } from './replay.js'

const EVERY = 1_000

/** `huimin recalculate` */
export const recalculate: Command = {
  help: `huimin recalculate [--programme ID] [--from TIME] [--to TIME] [--recorded]
                   [--as-of DATE] [--known-at INSTANT] [--json]

Lists every recorded decision whose outcome or amount would change, with arrears or overpayment,
under the rules known now; --json prints one line of JSON for each, a summary last.

  --programme ID       only decisions about this programme
  --from, --to TIME    recorded from this day or instant on, and before this one
  --recorded           under the recorded versions: exit 1 when anything changes, or cannot be replayed
  --as-of, --known-at  under the versions these clocks choose`,
  options: {
    programme: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    recorded: { type: 'boolean' },
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
  },
  operands: [0, 0],
  run: (given) =>
    withLedger(given, async ({ reads }) => {
      const { options, io } = given
      const terms = parseRecalculationTerms(recalculationTermsOf(options), io.now())
      const rulebook = rulebookOf(io)
      const [fault] = await programmeFaults(reads, rulebook, terms)
      if (fault !== undefined) throw new UsageError(`--programme: ${fault.message.en}`)
      const progress = (count: number) => {
        if (count % EVERY === 0) io.err(`${count} decisions\n`)
      }
      const lines = recalculateLedger({ store: reads, rulebook, terms, now: io.now(), progress })
      // A list that ends early because nobody reads it finds nothing to be sound.
      let sound = false
      const end = ({ changed, notReplayed }: Summary) => {
        sound = changed + notReplayed === 0
      }
      await printLines(io, asText(lines, options.json === true, end))
      return options.recorded === true && !sound ? 1 : 0
    }),
}

async function* asText(
  lines: AsyncIterable<RecalculationLine>,
  json: boolean,
  end: (summary: Summary) => void,
): AsyncGenerator<string> {
  for await (const line of lines) {
    if (line.kind === 'summary') end(line)
    yield json ? `${JSON.stringify(line)}\n` : text(line)
  }
}

type Summary = Extract<RecalculationLine, { kind: 'summary' }>

function recalculationTermsOf(options: Options): Record<string, string> {
  const named = ['programme', 'from', 'to'].flatMap((name) => {
    const value = optional(options, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const rules: Record<string, string> = options.recorded === true ? { rules: 'recorded' } : {}
  return { ...Object.fromEntries(named), ...termsOf(options), ...rules }
}

const WHY: Readonly<Record<string, string>> = {
  'facts-missing': 'the facts are missing although nobody erased them',
  altered: 'it was altered',
}

function text(line: RecalculationLine): string {
  switch (line.kind) {
    case 'changed':
      return line.changes
        .map((change) => `${line.id} ${line.caseReference} ${said(change)}\n`)
        .join('')
    case 'not-replayed':
      return `${line.id} ${line.caseReference} cannot be replayed: ${WHY[line.reason] ?? line.reason}\n`
    case 'summary': {
      const { decisions, changed, erased, notReplayed, arrears, overpayment } = line
      return `${decisions} decisions, ${changed} change; arrears ${arrears}, overpayment ${overpayment}; ${erased} erased, ${notReplayed} not replayed\n`
    }
  }
}

type Change = Extract<RecalculationLine, { kind: 'changed' }>['changes'][number]

function said({ programme, recorded, replayed, arrears }: Change): string {
  const side = (paid: Change['recorded']) =>
    paid === null ? 'not determined' : `${paid.outcome} ${paid.amount ?? ''}`.trim()
  const owed =
    arrears === null
      ? ''
      : `; ${arrears.months} months from ${arrears.from}: arrears ${arrears.arrears}, overpayment ${arrears.overpayment}`
  return `${programme}: ${side(recorded)} -> ${side(replayed)}${owed}`
}
