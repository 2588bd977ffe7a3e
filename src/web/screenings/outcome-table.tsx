import { Link } from 'wouter'
import { quantity } from '../answer/quantity.ts'
import type { Screening } from '../api/screenings.ts'
import { Table } from '../shell/table.tsx'
import { useProgrammeName } from '../words/use-names.ts'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'

/** How the subjects of each programme came out. */
export function OutcomeTable({ screening }: { screening: Screening }) {
  const { w } = useWords()
  const words = w.screenings.summary
  const { summary, notInForce } = screening
  const name = useProgrammeName()
  const outcomes = ['eligible', 'unknown', 'ineligible'] as const
  return (
    <section>
      <h2>{words.title}</h2>
      <p className="quiet">{words.help}</p>
      <Table
        label={words.title}
        className="named"
        columns={[words.programme, ...outcomes.map((outcome) => words[outcome]), words.amount]}
      >
        {(summary ?? []).map((one) => (
          <tr key={one.programme}>
            <td>
              <Link href={`/rules/${one.ruleVersion.replace('@', '/')}`}>
                {name(one.programme)}
              </Link>
              <span className="quiet">
                {w.common.aside('', w.screenings.impact.unit[one.subject])}
              </span>
            </td>
            {outcomes.map((outcome) => (
              <td key={outcome} className="number">
                {countWord(one[outcome])}
              </td>
            ))}
            <td className="number">
              {one.paid === 0
                ? '–'
                : `${w.answer.bound[one.bound ?? 'exact']}${quantity(Number(one.amount), one.unit, w)}`}
            </td>
          </tr>
        ))}
      </Table>
      {notInForce !== null && notInForce.length > 0 && (
        <p className="quiet">{words.notInForce(notInForce.length)}</p>
      )}
    </section>
  )
}
