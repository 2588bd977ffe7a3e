import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDeterminationRequest } from '../../determination/determination-request.js'
import { determine as determineFor } from '../../determination/determine.js'
import type { DeterminationAnswer } from '../../model/determination.js'
import { Problem, problemBody } from '../../model/errors.js'
import { readJson } from '../../model/read-json.js'
import { answer, type Command } from '../command.js'
import { type Io, UsageError } from '../io.js'
import { languageOption } from '../options.js'
import { rulebookOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin determine FILE|-` */
export const determine: Command = {
  help: `huimin determine FILE|- [--language zh|en] [--json]

Determines what a household is entitled to. FILE (or standard input) is the body of
POST /v1/determinations; with --json the answer is the API's. Exit 1: the request is refused.`,
  options: { language: { type: 'string' } },
  operands: [1, 1],
  run: (given) => {
    const language = languageOption(given.options)
    try {
      const rulebook = rulebookOf(given.io)
      const json = readJson(bytesOf(given.operands[0] as string, given.io))
      const request = parseDeterminationRequest(rulebook, json, given.io.now())
      const found = determineFor(rulebook, request, language)
      answer(given, found, () => rows(found))
      return 0
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const body = problemBody(error, language)
      const lines = (body.errors ?? []).map(
        ({ pointer, message }) => `${pointer || '/'}: ${message}\n`,
      )
      answer(given, body, () => [`${body.title}\n`, ...lines].join(''))
      return 1
    }
  },
}

function bytesOf(file: string, { cwd, input }: Io): Uint8Array {
  if (file === '-') return new TextEncoder().encode(input())
  try {
    return readFileSync(resolve(cwd, file))
  } catch {
    throw new UsageError(`cannot read ${file}`)
  }
}

function rows({ determinations, notInForce }: DeterminationAnswer): string {
  const answered = determinations.map(
    ({ programme, subject, outcome, entitlement, clauses, missing }) => [
      programme,
      subject.kind === 'member' ? subject.id : 'household',
      outcome,
      entitlement?.amount ?? '-',
      (outcome === 'unknown' ? missing : clauses).join(' ') || '-',
    ],
  )
  const out = notInForce.map(({ programme, reason }) => [programme, '-', reason, '-', '-'])
  return table([
    ['programme', 'subject', 'outcome', 'amount', 'clauses, or what is missing'],
    ...answered,
    ...out,
  ])
}
