// Appends one by one and in groups on a disk whose syncs take 2 ms longer; prints both rates.
import { ledgerWithOne, rate } from './ledger-entries.js'

const { ledger, make } = await ledgerWithOne()
const { store } = ledger
const rounds = []
for (let round = 0; round < 3; round++) {
  const single = await rate(make(150), 1, store.append)
  const grouped = await rate(make(3_000), 100, store.append)
  rounds.push({ single, grouped })
}
await ledger.close()
console.log(JSON.stringify(rounds))
