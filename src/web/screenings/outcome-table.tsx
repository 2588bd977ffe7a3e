import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { quantity } from '../answer/quantity.ts'
import { programmes } from '../api/queries.ts'
import type { Screening } from '../api/screenings.ts'
import { ScrollSideways } from '../shell/scroll-sideways.tsx'
import { useWords } from '../words/use-words.ts'
import { countWord } from './in-words.ts'

/** How the subjects of each programme came out. */
export function OutcomeTable({ screening }: { screening: Screening }) {
  const { w, language } = useWords()
  const words = w.screenings.summary
  const { summary, notInForce } = screening
  const names = new Map((useQuery(programmes).data ?? []).map(({ id, name }) => [id, name]))
  const outcomes = ['eligible', 'unknown', 'ineligible'] as const
  return (
    <section>
      <h2>{words.title}</h2>
      <p className="quiet">{words.help}</p>
      <ScrollSideways label={words.title}>
        <table className="plain named">
          <thead>
            <tr>
              <th scope="col">{words.programme}</th>
              {outcomes.map((outcome) => (
                <th key={outcome} scope="col">
                  {words[outcome]}
                </th>
              ))}
              <th scope="col">{words.amount}</th>
            </tr>
          </thead>
          <tbody>
            {(summary ?? []).map((one) => (
              <tr key={one.programme}>
                <td>
                  <Link href={`/rules/${one.ruleVersion.replace('@', '/')}`}>
                    {names.get(one.programme)?.[language] ?? one.programme}
                  </Link>{' '}
                  <span className="quiet">({w.screenings.impact.unit[one.subject]})</span>
                </td>
                {outcomes.map((outcome) => (
                  <td key={outcome} className="number">
                    {countWord(one[outcome])}
                  </td>
                ))}
                <td className="number">
                  {one.paid === 0 ? '–' : quantity(Number(one.amount), one.unit, w)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSideways>
      {notInForce !== null && notInForce.length > 0 && (
        <p className="quiet">{words.notInForce(notInForce.length)}</p>
      )}
    </section>
  )
}
