import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Programme } from '../api/client.ts'
import { jurisdictions, programmes } from '../api/queries.ts'
import { Screen } from '../shell/screen.tsx'
import { Empty, Fetched } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'

/** Every programme by city, found by name, description or id. */
export default function RulesScreen() {
  const { w } = useWords()
  const query = useQuery(programmes)
  return (
    <Screen title={w.rules.title}>
      <p className="lead">{w.rules.lead}</p>
      <Fetched query={query}>{(all) => <Found programmes={all} />}</Fetched>
    </Screen>
  )
}

/** What was last looked for, for the way back from a programme. */
let kept = { city: '', search: '' }

function Found({ programmes }: { programmes: readonly Programme[] }) {
  const { w, language } = useWords()
  const cities = useQuery(jurisdictions).data ?? []
  const [{ city, search }, set] = useState(kept)
  const look = (changed: Partial<typeof kept>) => {
    kept = { city, search, ...changed }
    set(kept)
  }
  const wanted = search.trim().toLowerCase()
  const found = programmes.filter(
    ({ id, name, grants, jurisdiction }) =>
      (city === '' || city === jurisdiction) &&
      [id, name.zh, name.en, grants.zh, grants.en].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  )
  return (
    <>
      <div className="fields">
        <NativeSelect
          label={w.rules.city}
          value={city}
          onChange={(event) => look({ city: event.currentTarget.value })}
          data={[
            { value: '', label: w.documents.all },
            ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
          ]}
        />
        <TextInput
          type="search"
          label={w.rules.search}
          value={search}
          onChange={(event) => look({ search: event.currentTarget.value })}
        />
      </div>
      <p role="status">{w.rules.count(found.length)}</p>
      {found.length === 0 && <Empty title={w.common.nothing} help={w.common.nothingHelp} />}
      {cities.map(({ code, name }) => {
        const here = found.filter(({ jurisdiction }) => jurisdiction === code)
        return here.length === 0 ? null : (
          <section key={code}>
            <h2>
              {name[language]} <span className="quiet">{w.rules.count(here.length)}</span>
            </h2>
            {here.map((programme) => (
              <article className="card" key={programme.id}>
                <h3>
                  <Link href={`/rules/${programme.id}`}>{programme.name[language]}</Link>
                </h3>
                <p>{programme.grants[language]}</p>
                <p className="quiet">
                  {w.rules.subject[programme.subject]} · <code>{programme.id}</code>
                </p>
              </article>
            ))}
          </section>
        )
      })}
    </>
  )
}
