import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { CLAUSE_STATUSES, Clause, SourceDocument } from '../../model/clause.js'
import { Problem } from '../../model/errors.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { answers } from '../describe.js'
import type { RouteParts } from '../parts.js'

const ListedDocument = SourceDocument.omit({ file: true })
  .extend({ coverage: z.record(z.enum(CLAUSE_STATUSES), z.int()) })
  .meta({ id: 'Document', description: 'A source document and how many of its clauses became what' })
type ListedDocument = z.infer<typeof ListedDocument>
const Documents = z.strictObject({ documents: z.array(ListedDocument) })
const DocumentWithClauses = ListedDocument.extend({ clauses: z.array(Clause) }).meta({
  id: 'DocumentWithClauses',
  description: 'A source document and every clause read in it',
})
const Params = z.strictObject({ id: z.string().meta({ description: 'Document id' }) })

/** GET /v1/documents and /v1/documents/{id}: the sources, and what became of their clauses. */
export function documentRoutes(app: FastifyInstance, { rulebook }: RouteParts): void {
  const list = {
    operationId: 'listDocuments',
    tags: ['catalogue'],
    summary: 'Source documents',
    response: answers('The documents, by id', Documents),
  }
  app.get('/v1/documents', { schema: list }, async () => ({
    documents: [...rulebook.documents.values()].map((document) => listed(rulebook, document)),
  }))
  const one = {
    operationId: 'getDocument',
    tags: ['catalogue'],
    summary: 'A source document and what became of its clauses',
    params: Params,
    response: answers('The document with its clauses', DocumentWithClauses, [404]),
  }
  app.get<{ Params: { id: string } }>('/v1/documents/:id', { schema: one }, async ({ params }) => {
    const document = rulebook.documents.get(params.id)
    if (document === undefined) throw new Problem('not-found')
    return { ...listed(rulebook, document), clauses: clausesOf(rulebook, document.id) }
  })
}

function listed(rulebook: Rulebook, document: SourceDocument): ListedDocument {
  const { file: _, ...shown } = document
  const statuses = clausesOf(rulebook, document.id).map(({ status }) => status)
  const count = (status: string): number => statuses.filter((one) => one === status).length
  const [encoded, referral, target, excluded] = CLAUSE_STATUSES.map(count) as [number, number, number, number]
  return { ...shown, coverage: { encoded, referral, target, excluded } }
}

function clausesOf(rulebook: Rulebook, document: string): Clause[] {
  return [...rulebook.clauses.values()].filter((clause) => clause.document === document)
}
