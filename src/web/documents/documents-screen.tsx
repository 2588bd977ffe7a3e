import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Schemas } from '../api/client.ts'
import { documents } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'

export const STATUSES = ['encoded', 'referral', 'target', 'excluded'] as const

/** What became of the clauses of every document. */
export default function DocumentsScreen() {
  const { w } = useWords()
  const query = useQuery(documents)
  return (
    <Screen title={w.documents.title}>
      <p className="lead">{w.documents.lead}</p>
      <Fetched query={query}>
        {(all) => (
          <>
            <h2>{w.documents.seed}</h2>
            <Coverage
              label={w.documents.seed}
              documents={all.filter(({ origin }) => origin === 'seed')}
            />
            <dl>
              {STATUSES.map((status) => (
                <div key={status}>
                  <dt>
                    <strong>{w.documents.status[status]}</strong>
                  </dt>
                  <dd>{w.documents.statusHelp[status]}</dd>
                </div>
              ))}
            </dl>
            <h2>{w.documents.supplementary}</h2>
            <Coverage
              label={w.documents.supplementary}
              documents={all.filter(({ origin }) => origin !== 'seed')}
            />
          </>
        )}
      </Fetched>
    </Screen>
  )
}

interface CoverageProps {
  readonly label: string
  readonly documents: readonly Schemas['Document'][]
}

function Coverage({ label, documents }: CoverageProps) {
  const { w, language } = useWords()
  return (
    <ScrollSideways label={label}>
      <table className="plain">
        <thead>
          <tr>
            <th>{w.documents.document}</th>
            {STATUSES.map((status) => (
              <th key={status}>{w.documents.status[status]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {documents.map(({ id, title, number, coverage }) => (
            <tr key={id}>
              <th scope="row">
                <Link href={`/documents/${id}`}>{title[language]}</Link>{' '}
                <span className="quiet">{number}</span>
              </th>
              {STATUSES.map((status) => (
                <td className="number" key={status}>
                  {coverage[status]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}
