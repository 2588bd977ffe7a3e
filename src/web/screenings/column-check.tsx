import { useQuery } from '@tanstack/react-query'
import { facts, programmes } from '../api/queries.ts'
import type { Screening } from '../api/screenings.ts'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'

/** The columns of the register beside the rules that are asked. */
export function ColumnCheck({ screening }: { screening: Screening }) {
  const { w } = useWords()
  const words = w.screenings.columns
  const { columns } = screening
  return (
    <section>
      <h2>{words.title}</h2>
      <p className="lead">{words.lead}</p>
      {columns === null ? (
        <p>{words.wait}</p>
      ) : (
        <>
          <Lacking lacking={columns.lacking} />
          <Given given={columns.given} />
        </>
      )}
    </section>
  )
}

type Columns = NonNullable<Screening['columns']>

function Lacking({ lacking }: Pick<Columns, 'lacking'>) {
  const { w, language } = useWords()
  const words = w.screenings.columns
  const label = useFactLabel()
  const names = new Map((useQuery(programmes).data ?? []).map(({ id, name }) => [id, name]))
  if (lacking.length === 0) return <p>{words.noneLacking}</p>
  return (
    <details className="more" open={lacking.length <= 12}>
      <summary>{words.lacking(lacking.length)}</summary>
      <ScrollSideways label={words.lacking(lacking.length)}>
        <table className="plain named">
          <thead>
            <tr>
              <th scope="col">{words.fact}</th>
              <th scope="col">{words.programmes}</th>
            </tr>
          </thead>
          <tbody>
            {lacking.map(({ fact, programmes: read }) => (
              <tr key={fact}>
                <td>
                  {label(fact)} <code>{fact}</code>
                </td>
                <td>
                  {read.length > 3
                    ? words.programmeCount(read.length)
                    : read.map((id) => names.get(id)?.[language] ?? id).join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSideways>
    </details>
  )
}

function Given({ given }: Pick<Columns, 'given'>) {
  const { w } = useWords()
  const words = w.screenings.columns
  const label = useFactLabel()
  return (
    <details className="more">
      <summary>{words.given(given.length)}</summary>
      <ScrollSideways label={words.given(given.length)}>
        <table className="plain named">
          <thead>
            <tr>
              <th scope="col">{words.fact}</th>
              <th scope="col">{words.known}</th>
              <th scope="col">{words.use}</th>
            </tr>
          </thead>
          <tbody>
            {given.map(({ fact, read, rows, known }) => (
              <tr key={fact}>
                <td>
                  {label(fact)} <code>{fact}</code>
                </td>
                <td className="number">
                  {rows === null || known === null ? '…' : share(known, rows)}
                </td>
                <td>{read ? words.used : words.unused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSideways>
    </details>
  )
}

/** Never 0 or 100 % where it is not exactly so. */
function share(known: number, rows: number): string {
  const percent = rows === 0 ? 0 : (known / rows) * 100
  const rounded = percent > 99.9 && known < rows ? '99.9' : percent.toFixed(percent < 10 ? 1 : 0)
  return `${rounded}% (${countWord(known)} / ${countWord(rows)})`
}

function useFactLabel(): (id: string) => string {
  const { language } = useWords()
  const labels = new Map((useQuery(facts).data ?? []).map(({ id, label }) => [id, label]))
  return (id) => labels.get(id)?.[language] ?? ''
}
