import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Programme } from '../api/client.ts'
import { jurisdictions } from '../api/queries.ts'
import { useWords } from '../words/use-words.ts'
import { type Asked, today, useAsked } from './asked.tsx'
import { ProgrammeChoice } from './programme-choice.tsx'
import { SampleHouseholds } from './sample-households.tsx'

interface WhereProps {
  /** The programmes of the city chosen. */
  readonly here: readonly Programme[]
  /** What is wrong, by the id of its field. */
  readonly messages: ReadonlyMap<string, string>
  readonly fill: (household: Asked) => void
}

/** The city, the day and the programmes to ask about; or a sample instead. */
export function WhereAndWhen({ here, messages, fill }: WhereProps) {
  const { w, language } = useWords()
  const { asked, change } = useAsked()
  const cities = useQuery(jurisdictions).data ?? []
  return (
    <section className="card">
      <h2 style={{ marginTop: 0 }}>{w.household.where}</h2>
      <div className="fields">
        <NativeSelect
          id="f-jurisdiction"
          label={w.household.city}
          error={messages.get('f-jurisdiction')}
          value={asked.jurisdiction}
          onChange={(event) =>
            change({ jurisdiction: event.currentTarget.value, programmes: null })
          }
          data={[
            { value: '', label: '—' },
            ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
          ]}
        />
        <div>
          <TextInput
            id="f-asOf"
            type="date"
            label={w.household.asOf}
            description={w.household.asOfHelp}
            error={messages.get('f-asOf')}
            value={asked.asOf}
            onChange={(event) => change({ asOf: event.currentTarget.value })}
          />
          <button type="button" className="plain-button" onClick={() => change({ asOf: today() })}>
            {w.household.today}
          </button>
        </div>
        <SampleHouseholds fill={fill} />
      </div>
      {here.length > 0 && (
        <ProgrammeChoice
          programmes={here}
          chosen={asked.programmes}
          onChange={(next) => change({ programmes: next })}
          error={messages.get('f-programmes')}
        />
      )}
    </section>
  )
}
