import { CLAUSE_STATUSES, type Clause } from '../../model/clause.js'
import { coverage, type DocumentCoverage } from '../../rulebook/coverage.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { rulebookOf } from '../rulebook-of.js'
import { table } from '../table.js'

/** `huimin rules coverage [DOCUMENT]` */
export const rulesCoverage: Command = {
  help: `huimin rules coverage [DOCUMENT] [--json]

What became of the clauses of each source document: counts by status; with a document, each clause
with the programmes and facts that cite it, or the reason why it is no rule.`,
  options: {},
  operands: [0, 1],
  run: (given) => {
    const [id] = given.operands
    const documents = coverage(rulebookOf(given.io, { drafts: true })).filter(
      ({ document }) => id === undefined || document.id === id,
    )
    if (documents.length === 0) throw new UsageError(`there is no document "${id}"`)
    answer(given, { documents }, () => {
      if (id === undefined) {
        const rows = documents.map(({ document, counts }) => [
          document.id,
          ...CLAUSE_STATUSES.map((status) => counts[status]),
          document.title.zh,
        ])
        const total = CLAUSE_STATUSES.map((status) => sum(documents, status))
        return table([['document', ...CLAUSE_STATUSES, 'title'], ...rows, ['in all', ...total, '']])
      }
      const clauses = documents.flatMap((document) => document.clauses)
      const rows = clauses.map((clause) => [
        clause.id,
        clause.status,
        clause.locator,
        [...clause.programmes, ...clause.facts].join(' ') || (clause.why?.en ?? '-'),
      ])
      return table([['clause', 'status', 'locator', 'cited by, or why not a rule'], ...rows])
    })
    return 0
  },
}

function sum(documents: readonly DocumentCoverage[], status: Clause['status']): number {
  return documents.reduce((all, { counts }) => all + counts[status], 0)
}
