import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Clause, SourceDocument } from '../../model/clause.js'
import { Problem } from '../../model/errors.js'
import { coverage, type DocumentCoverage } from '../../rulebook/coverage.js'
import { answers, GUARDED } from '../describe.js'
import type { RouteParts } from '../parts.js'
import { CitedClause, citedBy } from './clauses.js'

const Counts = z
  .strictObject({ encoded: z.int(), referral: z.int(), target: z.int(), excluded: z.int() })
  .meta({ description: 'How many of its clauses became what' })
const ListedDocument = SourceDocument.omit({ file: true })
  .extend({ coverage: Counts })
  .meta({ id: 'Document', description: 'A source document and how much of it is encoded' })
const Documents = z.strictObject({ documents: z.array(ListedDocument) })
const DocumentWithClauses = ListedDocument.extend({ clauses: z.array(CitedClause) }).meta({
  id: 'DocumentWithClauses',
  description: 'A source document and every clause read in it',
})
const Params = z.strictObject({ id: z.string().meta({ description: 'Document id' }) })

/** GET /v1/documents and /v1/documents/{id}: the sources, and what became of their clauses. */
export function documentRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const covered = coverage(rulebook)
  const list = {
    operationId: 'listDocuments',
    tags: ['catalogue'],
    summary: 'Source documents',
    response: answers('The documents, by id', Documents),
  }
  app.get('/v1/documents', { schema: list }, async () => ({ documents: covered.map(listed) }))
  const one = {
    operationId: 'getDocument',
    tags: ['catalogue'],
    summary: 'A source document and what became of its clauses',
    params: Params,
    response: answers('The document with its clauses', DocumentWithClauses, [404, ...GUARDED]),
  }
  app.get<{ Params: { id: string } }>('/v1/documents/:id', { schema: one }, async ({ params }) => {
    const found = covered.find(({ document }) => document.id === params.id)
    if (found === undefined) throw new Problem('not-found')
    const clauses = found.clauses.map((clause) => ({
      ...(rulebook.clauses.get(clause.id) as Clause),
      ...citedBy(clause),
    }))
    return { ...listed(found), clauses }
  })
}

function listed({ document, counts }: DocumentCoverage): z.infer<typeof ListedDocument> {
  const { file: _, ...shown } = document
  return { ...shown, coverage: counts }
}
