import type { Screening } from '../api/screenings.ts'
import { Table } from '../shell/table.tsx'
import { useFactLabel, useProgrammeName } from '../words/use-names.ts'
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
  const { w } = useWords()
  const words = w.screenings.columns
  const label = useFactLabel()
  const name = useProgrammeName()
  if (lacking.length === 0) return <p>{words.noneLacking}</p>
  return (
    <details className="more" open={lacking.length <= 12}>
      <summary>{words.lacking(lacking.length)}</summary>
      <Table
        label={words.lacking(lacking.length)}
        className="named"
        columns={[words.fact, words.programmes]}
      >
        {lacking.map(({ fact, programmes: read }) => (
          <tr key={fact}>
            <td>
              {label(fact)} <code>{fact}</code>
            </td>
            <td>
              {read.length > 3 ? words.programmeCount(read.length) : read.map(name).join(' · ')}
            </td>
          </tr>
        ))}
      </Table>
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
      <Table
        label={words.given(given.length)}
        className="named"
        columns={[words.fact, words.known, words.use]}
      >
        {given.map(({ fact, read, rows, known }) => (
          <tr key={fact}>
            <td>
              {label(fact)} <code>{fact}</code>
            </td>
            <td className="number">{rows === null || known === null ? '…' : share(known, rows)}</td>
            <td>{read ? words.used : words.unused}</td>
          </tr>
        ))}
      </Table>
    </details>
  )
}

/** Never 0 or 100 % where it is not exactly so. */
function share(known: number, rows: number): string {
  const percent = rows === 0 ? 0 : (known / rows) * 100
  const rounded = percent > 99.9 && known < rows ? '99.9' : percent.toFixed(percent < 10 ? 1 : 0)
  return `${rounded}% (${countWord(known)} / ${countWord(rows)})`
}
