// Written by write-hand-written.ts.

interface Household {
  count1: number
  count2: number
  count3: number
  count4: number
  count5: number
  count6: number
  count7: number
  count8: number
  count9: number
  count10: number
  count11: number
  count12: number
  count13: number
  count14: number
  count15: number
  count16: number
  code1: string
  code2: string
  code3: string
  code4: string
  code5: string
  code6: string
  code7: string
  code8: string
  code9: string
  code10: string
  code11: string
  code12: string
  flag1: boolean
  flag2: boolean
  flag3: boolean
  flag4: boolean
  flag5: boolean
  flag6: boolean
  flag7: boolean
  flag8: boolean
  flag9: boolean
  flag10: boolean
  flag11: boolean
  flag12: boolean
}

function rule0(h: Household): boolean {
  return (
    h.flag6 === true &&
    h.flag2 === true &&
    h.count5 < 20 &&
    ((h.count11 < 50 && (h.code5 === 'code5-1' || h.code5 === 'code5-5')) || h.count16 <= 50) &&
    !(h.flag10 === false || h.flag9 === true)
  )
}

function rule1(h: Household): boolean {
  return (
    h.code7 === 'code7-1' &&
    (h.code11 === 'code11-1' || h.code11 === 'code11-5') &&
    (h.count16 < 50 || h.count7 >= 40 || h.flag4 === false)
  )
}

function rule2(h: Household): boolean {
  return (
    (h.code11 === 'code11-1' || h.code11 === 'code11-5') &&
    h.count5 < 45 &&
    h.count4 >= 60 &&
    (h.flag4 === true || h.count12 < 85) &&
    !(h.count3 >= 50)
  )
}

function rule3(h: Household): boolean {
  return (
    h.count13 >= 45 &&
    h.code12 === 'code12-1' &&
    h.count15 <= 40 &&
    ((h.code4 === 'code4-2' && h.count4 <= 60) || h.count10 < 65 || h.count3 >= 75) &&
    !(h.code6 === 'code6-1')
  )
}

function rule4(h: Household): boolean {
  return (
    h.count7 < 40 &&
    h.count12 < 85 &&
    h.flag9 === true &&
    (((h.code10 === 'code10-3' || h.code10 === 'code10-5') && h.flag1 === true) || h.count3 < 75)
  )
}

function rule5(h: Household): boolean {
  return (
    h.flag11 === false &&
    h.code11 === 'code11-2' &&
    h.count12 <= 85 &&
    (h.count16 < 50 || h.flag6 === false || h.count2 < 65)
  )
}

function rule6(h: Household): boolean {
  return (
    h.code8 === 'code8-2' &&
    h.flag9 === true &&
    (h.count8 < 75 || h.count3 < 75 || h.flag6 === true) &&
    !(h.code1 === 'code1-1')
  )
}

function rule7(h: Household): boolean {
  return (
    h.count14 >= 55 &&
    h.count12 < 60 &&
    (h.code5 === 'code5-2' || h.flag3 === true || h.count1 >= 55)
  )
}

function rule8(h: Household): boolean {
  return (
    h.code1 === 'code1-3' &&
    h.code8 === 'code8-1' &&
    (h.count5 < 20 || h.flag6 === true || h.flag2 === true)
  )
}

function rule9(h: Household): boolean {
  return (
    h.count6 < 55 &&
    (h.code8 === 'code8-2' || h.code8 === 'code8-5') &&
    (((h.code4 === 'code4-2' || h.code4 === 'code4-5') && h.flag8 === false) || h.flag4 === true) &&
    !(h.count13 <= 45)
  )
}

function rule10(h: Household): boolean {
  return (
    h.count16 < 75 &&
    h.count2 <= 65 &&
    (h.flag3 === true || h.code3 === 'code3-3' || h.code3 === 'code3-5' || h.code4 === 'code4-3')
  )
}

function rule11(h: Household): boolean {
  return (
    h.count4 >= 85 &&
    h.count10 <= 65 &&
    h.code3 === 'code3-2' &&
    (h.code12 === 'code12-1' || h.count16 >= 50 || h.flag12 === true)
  )
}

function rule12(h: Household): boolean {
  return (
    h.count2 < 65 &&
    h.flag2 === true &&
    (!(h.code10 === 'code10-1' || h.code10 === 'code10-5') ||
      h.code12 === 'code12-3' ||
      h.code12 === 'code12-5' ||
      h.flag11 === true) &&
    !(h.flag8 === false)
  )
}

function rule13(h: Household): boolean {
  return (
    h.flag9 === false &&
    h.flag1 === true &&
    (h.code4 === 'code4-1' || h.code4 === 'code4-5') &&
    (((h.code8 === 'code8-1' || h.code8 === 'code8-5') && h.count5 < 45) || h.count10 < 65)
  )
}

function rule14(h: Household): boolean {
  return (
    (h.code7 === 'code7-3' || h.code7 === 'code7-5') &&
    h.flag7 === true &&
    (h.flag2 === true || !(h.code10 === 'code10-1' || h.code10 === 'code10-5')) &&
    !(h.flag3 === false)
  )
}

function rule15(h: Household): boolean {
  return (
    h.count1 >= 30 &&
    h.count13 < 45 &&
    h.code2 === 'code2-1' &&
    (h.count3 < 50 || h.flag7 === false || h.code3 === 'code3-3') &&
    !(!(h.code4 === 'code4-3' || h.code4 === 'code4-5') || h.code5 === 'code5-1')
  )
}

function rule16(h: Household): boolean {
  return (
    h.count7 < 65 &&
    h.flag12 === false &&
    !(h.code3 === 'code3-1' || h.code3 === 'code3-5') &&
    ((h.code11 === 'code11-2' && h.flag10 === false) ||
      !(h.code5 === 'code5-1' || h.code5 === 'code5-5')) &&
    !(h.code6 === 'code6-2')
  )
}

function rule17(h: Household): boolean {
  return (
    h.flag4 === false &&
    h.flag12 === false &&
    h.count13 <= 20 &&
    ((h.count3 < 75 && h.count8 >= 75) || h.count2 <= 65)
  )
}

function rule18(h: Household): boolean {
  return (
    h.count14 >= 55 && h.count12 < 60 && (h.count4 <= 85 || h.flag8 === false) && !(h.count2 <= 65)
  )
}

function rule19(h: Household): boolean {
  return (
    h.code3 === 'code3-2' &&
    (h.code9 === 'code9-1' || h.code9 === 'code9-5') &&
    (h.flag6 === true || h.count6 >= 30)
  )
}

function rule20(h: Household): boolean {
  return h.flag7 === true && h.count8 < 50 && (h.count5 < 45 || h.count14 < 55 || h.flag9 === true)
}

function rule21(h: Household): boolean {
  return (
    h.code12 === 'code12-1' &&
    h.count3 < 75 &&
    h.flag12 === false &&
    (h.code8 === 'code8-2' || h.count10 <= 40 || h.code3 === 'code3-3') &&
    !(h.count6 < 30 || h.code2 === 'code2-2')
  )
}

function rule22(h: Household): boolean {
  return (
    h.count14 >= 55 &&
    !(h.code3 === 'code3-3' || h.code3 === 'code3-5') &&
    (h.count1 < 30 || h.count7 < 40)
  )
}

function rule23(h: Household): boolean {
  return (
    h.count7 <= 40 &&
    h.count6 < 55 &&
    h.code12 === 'code12-3' &&
    ((h.code4 === 'code4-2' && h.code6 === 'code6-3') || h.code3 === 'code3-1')
  )
}

function rule24(h: Household): boolean {
  return (
    h.flag4 === true &&
    h.flag6 === true &&
    (h.flag3 === true || h.count16 < 75) &&
    !(h.code12 === 'code12-2' || h.code12 === 'code12-5' || h.flag10 === false)
  )
}

/** Decides every rule for a household that knows everything: 1 for yes. */

export function decide(h: Household, verdicts: Uint8Array): void {
  verdicts[0] = rule0(h) ? 1 : 0
  verdicts[1] = rule1(h) ? 1 : 0
  verdicts[2] = rule2(h) ? 1 : 0
  verdicts[3] = rule3(h) ? 1 : 0
  verdicts[4] = rule4(h) ? 1 : 0
  verdicts[5] = rule5(h) ? 1 : 0
  verdicts[6] = rule6(h) ? 1 : 0
  verdicts[7] = rule7(h) ? 1 : 0
  verdicts[8] = rule8(h) ? 1 : 0
  verdicts[9] = rule9(h) ? 1 : 0
  verdicts[10] = rule10(h) ? 1 : 0
  verdicts[11] = rule11(h) ? 1 : 0
  verdicts[12] = rule12(h) ? 1 : 0
  verdicts[13] = rule13(h) ? 1 : 0
  verdicts[14] = rule14(h) ? 1 : 0
  verdicts[15] = rule15(h) ? 1 : 0
  verdicts[16] = rule16(h) ? 1 : 0
  verdicts[17] = rule17(h) ? 1 : 0
  verdicts[18] = rule18(h) ? 1 : 0
  verdicts[19] = rule19(h) ? 1 : 0
  verdicts[20] = rule20(h) ? 1 : 0
  verdicts[21] = rule21(h) ? 1 : 0
  verdicts[22] = rule22(h) ? 1 : 0
  verdicts[23] = rule23(h) ? 1 : 0
  verdicts[24] = rule24(h) ? 1 : 0
}
