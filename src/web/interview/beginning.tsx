import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { jurisdictions } from '../api/queries.ts'
import { today } from '../household/asked.tsx'
import { focusField } from '../household/error-summary.tsx'
import { Failed } from '../shell/states.tsx'
import { useWords } from '../words/use-words.ts'
import { messageAt, useStep } from './use-step.ts'

/** Where, for whom and when; begins once the service takes all three. */
export function Beginning() {
  const { w, language } = useWords()
  const cities = useQuery(jurisdictions).data ?? []
  const [jurisdiction, setJurisdiction] = useState('')
  const [asOf, setAsOf] = useState(today())
  const [people, setPeople] = useState('1')
  const { stepTo, working, failed, forget } = useStep([])
  const wrongPlace = messageAt(failed, '/jurisdiction')
  const wrongDay = messageAt(failed, '/asOf')
  useEffect(() => {
    if (wrongPlace !== undefined) focusField('f-jurisdiction')
    else if (wrongDay !== undefined) focusField('f-asOf')
  }, [wrongPlace, wrongDay])
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        const start = { jurisdiction, asOf, people: Number(people) }
        void stepTo({ ...start, askings: [], takenBack: [], stopped: false })
      }}
    >
      <div className="fields">
        <NativeSelect
          id="f-jurisdiction"
          label={w.interview.where}
          required
          error={wrongPlace}
          value={jurisdiction}
          onChange={(event) => {
            setJurisdiction(event.currentTarget.value)
            forget()
          }}
          data={[
            { value: '', label: '—' },
            ...cities.map(({ code, name }) => ({ value: code, label: name[language] })),
          ]}
        />
        <NativeSelect
          label={w.interview.who}
          description={w.interview.whoHelp}
          value={people}
          onChange={(event) => setPeople(event.currentTarget.value)}
          data={Array.from({ length: 12 }, (_, index) => String(index + 1))}
        />
        <TextInput
          id="f-asOf"
          label={w.interview.when}
          type="date"
          required
          error={wrongDay}
          value={asOf}
          onChange={(event) => {
            setAsOf(event.currentTarget.value)
            forget()
          }}
        />
      </div>
      {failed !== null && wrongPlace === undefined && wrongDay === undefined && (
        <Failed {...failed} />
      )}
      <Button type="submit" size="md" mt="md" loading={working}>
        {w.interview.start}
      </Button>
    </form>
  )
}
