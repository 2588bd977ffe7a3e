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
    (h.code9 === 'code9-2' || h.code9 === 'code9-5') &&
    h.code3 === 'code3-3' &&
    (h.count13 <= 45 || h.count10 <= 65 || h.flag2 === true)
  )
}

function rule1(h: Household): boolean {
  return (
    h.code10 === 'code10-2' &&
    h.flag11 === false &&
    ((h.flag8 === false && h.code12 === 'code12-3') || h.flag10 === false || h.flag1 === true)
  )
}

function rule2(h: Household): boolean {
  return (
    h.count5 >= 45 &&
    h.flag6 === false &&
    h.code3 === 'code3-3' &&
    ((h.flag12 === true && h.code10 === 'code10-3') || h.count4 <= 60 || h.count1 < 55)
  )
}

function rule3(h: Household): boolean {
  return (
    h.flag8 === true &&
    (h.code11 === 'code11-2' || h.code11 === 'code11-5') &&
    ((h.count11 < 75 && h.code1 === 'code1-2') || h.code9 === 'code9-1')
  )
}

function rule4(h: Household): boolean {
  return (
    h.count16 <= 75 &&
    h.flag2 === true &&
    h.flag10 === true &&
    (h.code9 === 'code9-3' || h.code1 === 'code1-2' || h.code1 === 'code1-5')
  )
}

function rule5(h: Household): boolean {
  return (
    h.code2 === 'code2-3' &&
    h.count14 < 55 &&
    h.flag1 === true &&
    (h.code3 === 'code3-2' ||
      !(h.code9 === 'code9-3' || h.code9 === 'code9-5') ||
      h.flag11 === true) &&
    !(h.count15 <= 65 || h.flag10 === true)
  )
}

function rule6(h: Household): boolean {
  return (
    (h.code2 === 'code2-3' || h.code2 === 'code2-5') &&
    h.count4 >= 60 &&
    h.count15 < 40 &&
    (h.code4 === 'code4-2' || h.flag3 === true) &&
    !(h.flag5 === true)
  )
}

function rule7(h: Household): boolean {
  return h.count3 < 75 && h.count14 >= 55 && (h.count10 < 40 || h.flag7 === false)
}

function rule8(h: Household): boolean {
  return (
    h.count1 < 55 &&
    h.count3 < 50 &&
    (h.code10 === 'code10-1' || h.code10 === 'code10-5') &&
    ((h.flag12 === false && (h.code4 === 'code4-1' || h.code4 === 'code4-5')) ||
      h.code1 === 'code1-3' ||
      h.code1 === 'code1-5' ||
      h.flag3 === true) &&
    !(h.count13 < 45)
  )
}

function rule9(h: Household): boolean {
  return h.flag8 === true && h.count14 <= 30 && (h.code2 === 'code2-2' || h.code9 === 'code9-2')
}

function rule10(h: Household): boolean {
  return (
    h.flag1 === true &&
    h.flag5 === false &&
    h.count11 >= 50 &&
    (((h.code12 === 'code12-1' || h.code12 === 'code12-5') && h.flag6 === false) ||
      h.count9 < 85 ||
      h.count16 < 75)
  )
}

function rule11(h: Household): boolean {
  return (
    h.count15 < 65 &&
    (h.code11 === 'code11-1' || h.code11 === 'code11-5') &&
    h.code1 === 'code1-2' &&
    (h.count14 < 55 || h.flag1 === true)
  )
}

function rule12(h: Household): boolean {
  return (
    !(h.code9 === 'code9-2' || h.code9 === 'code9-5') &&
    h.count8 <= 50 &&
    (h.flag10 === false || h.flag9 === false)
  )
}

function rule13(h: Household): boolean {
  return (
    h.code8 === 'code8-2' &&
    h.count9 < 85 &&
    (h.code12 === 'code12-1' || h.flag5 === false || h.code11 === 'code11-3')
  )
}

function rule14(h: Household): boolean {
  return (
    h.count15 <= 65 &&
    h.count4 >= 60 &&
    h.count1 >= 55 &&
    ((h.count11 >= 75 && h.count13 <= 45) || h.code8 === 'code8-2' || h.code8 === 'code8-5') &&
    !(h.flag11 === true)
  )
}

function rule15(h: Household): boolean {
  return (
    (h.code5 === 'code5-2' || h.code5 === 'code5-5') &&
    h.flag1 === true &&
    !(h.code6 === 'code6-3' || h.code6 === 'code6-5') &&
    (h.flag11 === false || h.code2 === 'code2-1' || h.flag3 === true) &&
    !(h.code1 === 'code1-3')
  )
}

function rule16(h: Household): boolean {
  return (
    h.flag1 === false &&
    h.count14 >= 55 &&
    (h.flag10 === false || h.flag2 === false || h.count12 <= 85)
  )
}

function rule17(h: Household): boolean {
  return (
    (h.code2 === 'code2-2' || h.code2 === 'code2-5') &&
    h.flag8 === true &&
    ((h.flag12 === true && h.count15 >= 40) || h.count9 >= 60 || h.flag10 === true) &&
    !(h.count2 >= 65 || h.code11 === 'code11-1')
  )
}

function rule18(h: Household): boolean {
  return (
    h.count13 < 45 &&
    h.count4 < 60 &&
    (h.flag11 === true || h.flag12 === true || h.code3 === 'code3-2' || h.code3 === 'code3-5')
  )
}

function rule19(h: Household): boolean {
  return (
    h.count1 <= 55 &&
    !(h.code3 === 'code3-1' || h.code3 === 'code3-5') &&
    h.flag8 === true &&
    ((h.count3 <= 75 && h.count2 < 65) || h.count16 < 50 || h.count5 <= 20) &&
    !(h.count7 < 65 || h.count11 >= 75)
  )
}

function rule20(h: Household): boolean {
  return (
    h.flag6 === true &&
    h.count12 < 85 &&
    h.count8 >= 75 &&
    (h.count5 <= 45 || h.count15 < 65 || h.count16 >= 50)
  )
}

function rule21(h: Household): boolean {
  return (
    h.flag8 === true && h.count7 < 65 && (h.flag10 === true || h.flag7 === false || h.count8 < 75)
  )
}

function rule22(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.count15 < 65 &&
    h.count8 < 75 &&
    ((h.count3 >= 50 && h.count6 < 30) || h.count16 <= 75) &&
    !!(h.code1 === 'code1-3' || h.code1 === 'code1-5')
  )
}

function rule23(h: Household): boolean {
  return (
    h.count4 >= 85 && h.count13 < 20 && h.code4 === 'code4-1' && (h.count15 >= 65 || h.count9 <= 60)
  )
}

function rule24(h: Household): boolean {
  return (
    h.count2 >= 65 &&
    h.flag5 === true &&
    (h.code5 === 'code5-1' || h.code5 === 'code5-5') &&
    ((h.count5 < 45 && h.code8 === 'code8-2') || h.count6 < 55 || h.count15 < 65) &&
    !(h.code11 === 'code11-1' || h.code11 === 'code11-5')
  )
}

function rule25(h: Household): boolean {
  return (
    h.count6 <= 30 &&
    (h.code9 === 'code9-1' || h.code9 === 'code9-5') &&
    h.code7 === 'code7-2' &&
    (h.flag4 === false || h.code3 === 'code3-1' || h.code3 === 'code3-5')
  )
}

function rule26(h: Household): boolean {
  return (
    h.count5 >= 45 &&
    (h.code5 === 'code5-2' || h.code5 === 'code5-5') &&
    h.flag7 === false &&
    ((h.count9 < 85 && h.flag3 === true) || h.code1 === 'code1-2')
  )
}

function rule27(h: Household): boolean {
  return (
    !(h.code7 === 'code7-1' || h.code7 === 'code7-5') &&
    h.count7 >= 65 &&
    h.flag1 === false &&
    (h.count1 >= 30 || h.count2 <= 65 || h.count11 <= 75)
  )
}

function rule28(h: Household): boolean {
  return (
    (h.code7 === 'code7-3' || h.code7 === 'code7-5') &&
    (h.code10 === 'code10-3' || h.code10 === 'code10-5') &&
    h.count16 <= 50 &&
    (h.count10 >= 65 || h.count12 >= 85)
  )
}

function rule29(h: Household): boolean {
  return (
    h.count8 <= 50 &&
    h.count11 >= 50 &&
    h.flag5 === true &&
    (h.code10 === 'code10-3' || h.code10 === 'code10-5' || h.count9 >= 85) &&
    !(h.flag12 === false || h.count6 >= 30)
  )
}

function rule30(h: Household): boolean {
  return (
    h.flag3 === false &&
    (h.code4 === 'code4-1' || h.code4 === 'code4-5') &&
    (h.code10 === 'code10-3' || h.flag10 === true || h.count14 < 55)
  )
}

function rule31(h: Household): boolean {
  return (
    h.count1 < 30 &&
    h.code9 === 'code9-3' &&
    (h.flag7 === true || h.count14 < 30 || h.flag4 === false)
  )
}

function rule32(h: Household): boolean {
  return (
    h.flag8 === false &&
    h.count10 < 40 &&
    h.flag2 === true &&
    (h.flag11 === true || !(h.code11 === 'code11-1' || h.code11 === 'code11-5')) &&
    !(h.code2 === 'code2-2')
  )
}

function rule33(h: Household): boolean {
  return (
    h.count15 <= 40 &&
    h.count11 <= 75 &&
    h.flag3 === true &&
    (h.flag4 === true || !(h.code1 === 'code1-3' || h.code1 === 'code1-5'))
  )
}

function rule34(h: Household): boolean {
  return (
    h.count12 <= 60 &&
    h.code11 === 'code11-1' &&
    h.flag2 === true &&
    ((h.count14 <= 30 && h.count11 < 75) || h.code5 === 'code5-2' || h.count13 < 45)
  )
}

function rule35(h: Household): boolean {
  return (
    (h.code6 === 'code6-1' || h.code6 === 'code6-5') &&
    h.count3 >= 50 &&
    h.count5 < 20 &&
    (h.flag8 === false || h.code1 === 'code1-1' || h.flag5 === false)
  )
}

function rule36(h: Household): boolean {
  return (
    h.count12 < 85 &&
    h.code12 === 'code12-2' &&
    ((h.flag6 === true && h.code10 === 'code10-1') || h.count16 < 75)
  )
}

function rule37(h: Household): boolean {
  return (
    h.count14 >= 55 &&
    h.count9 <= 85 &&
    ((h.flag2 === true && h.count4 <= 85) || h.code6 === 'code6-1' || h.count3 >= 75)
  )
}

function rule38(h: Household): boolean {
  return (
    h.count5 <= 20 &&
    h.code12 === 'code12-2' &&
    (h.code1 === 'code1-1' || h.code1 === 'code1-5' || h.flag10 === true)
  )
}

function rule39(h: Household): boolean {
  return (
    h.code3 === 'code3-3' &&
    h.flag3 === true &&
    h.count3 < 50 &&
    ((h.count4 >= 60 && h.count10 < 40) || h.code11 === 'code11-3' || h.code11 === 'code11-5')
  )
}

function rule40(h: Household): boolean {
  return (
    h.count15 < 40 &&
    h.flag4 === false &&
    ((h.code12 === 'code12-2' && h.flag9 === false) ||
      !(h.code6 === 'code6-2' || h.code6 === 'code6-5') ||
      h.code2 === 'code2-2') &&
    !(h.count5 < 20)
  )
}

function rule41(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.count3 < 50 &&
    ((h.code12 === 'code12-3' && h.flag3 === true) || h.flag10 === true || h.code8 === 'code8-2') &&
    !(h.flag6 === true || h.flag7 === false)
  )
}

function rule42(h: Household): boolean {
  return (
    h.flag1 === true &&
    h.code11 === 'code11-1' &&
    ((h.count14 >= 30 && h.flag11 === true) || h.count15 < 65 || h.flag6 === true) &&
    !(h.flag10 === false)
  )
}

function rule43(h: Household): boolean {
  return (
    h.code5 === 'code5-2' &&
    h.count14 >= 30 &&
    (h.flag9 === true || h.code10 === 'code10-3' || h.code10 === 'code10-5' || h.count11 < 50)
  )
}

function rule44(h: Household): boolean {
  return (
    h.code4 === 'code4-1' &&
    h.flag3 === true &&
    (h.code6 === 'code6-2' ||
      h.code6 === 'code6-5' ||
      h.count6 < 55 ||
      h.code7 === 'code7-1' ||
      h.code7 === 'code7-5')
  )
}

function rule45(h: Household): boolean {
  return (
    h.count7 < 65 &&
    h.flag4 === false &&
    h.flag12 === true &&
    (h.count1 < 55 || h.code4 === 'code4-2' || h.code4 === 'code4-5')
  )
}

function rule46(h: Household): boolean {
  return (
    h.count2 < 65 &&
    h.flag11 === true &&
    (h.code10 === 'code10-1' || h.count16 < 50 || h.flag7 === false)
  )
}

function rule47(h: Household): boolean {
  return (
    h.count10 < 65 &&
    (h.code5 === 'code5-1' || h.code5 === 'code5-5') &&
    ((h.count4 < 85 && (h.code3 === 'code3-1' || h.code3 === 'code3-5')) ||
      h.flag7 === false ||
      h.flag10 === true) &&
    !(h.count2 < 65 || h.count14 <= 55)
  )
}

function rule48(h: Household): boolean {
  return (
    h.flag5 === true &&
    h.count1 <= 55 &&
    (h.count14 < 55 || h.flag6 === false || h.code11 === 'code11-1') &&
    !(h.code6 === 'code6-3')
  )
}

function rule49(h: Household): boolean {
  return (
    h.flag8 === true &&
    h.flag9 === true &&
    (h.count11 >= 50 || h.flag7 === false) &&
    !(h.code4 === 'code4-2' || h.code11 === 'code11-3' || h.code11 === 'code11-5')
  )
}

function rule50(h: Household): boolean {
  return (
    h.flag4 === true &&
    h.count7 <= 65 &&
    h.flag11 === true &&
    (h.code2 === 'code2-3' || !(h.code1 === 'code1-1' || h.code1 === 'code1-5'))
  )
}

function rule51(h: Household): boolean {
  return (
    h.count14 <= 55 &&
    (h.code11 === 'code11-1' || h.code11 === 'code11-5') &&
    (h.flag11 === false || h.flag4 === true || h.code7 === 'code7-3')
  )
}

function rule52(h: Household): boolean {
  return (
    h.flag3 === true &&
    (h.code5 === 'code5-2' || h.code5 === 'code5-5') &&
    h.count16 < 75 &&
    (h.code6 === 'code6-2' || !(h.code9 === 'code9-3' || h.code9 === 'code9-5') || h.count9 < 85)
  )
}

function rule53(h: Household): boolean {
  return (
    h.flag9 === true &&
    h.code4 === 'code4-3' &&
    (h.code5 === 'code5-1' || h.code5 === 'code5-5') &&
    (h.flag1 === true || h.count4 < 85)
  )
}

function rule54(h: Household): boolean {
  return (
    h.flag11 === true &&
    h.count11 < 50 &&
    ((h.count15 < 65 && h.count9 <= 60) || h.code8 === 'code8-3' || h.flag9 === true)
  )
}

function rule55(h: Household): boolean {
  return (
    h.flag4 === false &&
    h.count5 >= 45 &&
    h.count1 < 55 &&
    (h.code3 === 'code3-1' ||
      h.code3 === 'code3-5' ||
      h.code12 === 'code12-3' ||
      !(h.code8 === 'code8-2' || h.code8 === 'code8-5'))
  )
}

function rule56(h: Household): boolean {
  return (
    h.count13 <= 20 &&
    h.count3 < 75 &&
    (h.code10 === 'code10-1' || h.code10 === 'code10-5') &&
    ((h.flag2 === true && h.count2 >= 65) || h.flag3 === true)
  )
}

function rule57(h: Household): boolean {
  return h.count10 < 65 && h.flag6 === false && (h.flag11 === true || h.code11 === 'code11-2')
}

function rule58(h: Household): boolean {
  return h.flag9 === false && h.flag2 === false && (h.flag8 === true || h.code4 === 'code4-3')
}

function rule59(h: Household): boolean {
  return (
    h.code6 === 'code6-1' &&
    h.count16 < 50 &&
    h.flag11 === true &&
    ((!(h.code12 === 'code12-3' || h.code12 === 'code12-5') && h.code2 === 'code2-1') ||
      h.flag1 === true)
  )
}

function rule60(h: Household): boolean {
  return (
    h.count8 < 50 &&
    h.count5 < 45 &&
    ((h.count16 <= 50 && h.flag12 === true) || h.count9 < 60 || h.flag10 === true)
  )
}

function rule61(h: Household): boolean {
  return (
    h.code4 === 'code4-2' &&
    h.flag11 === false &&
    h.flag12 === false &&
    ((h.flag7 === false && h.code3 === 'code3-1') ||
      !(h.code11 === 'code11-1' || h.code11 === 'code11-5') ||
      h.flag8 === true)
  )
}

function rule62(h: Household): boolean {
  return (
    (h.code7 === 'code7-2' || h.code7 === 'code7-5') &&
    h.code11 === 'code11-1' &&
    h.count1 <= 30 &&
    (h.flag6 === false || h.code4 === 'code4-2')
  )
}

function rule63(h: Household): boolean {
  return (
    h.count13 < 45 &&
    !(h.code2 === 'code2-3' || h.code2 === 'code2-5') &&
    h.code5 === 'code5-3' &&
    (h.code7 === 'code7-1' || h.flag2 === true)
  )
}

function rule64(h: Household): boolean {
  return (
    h.flag9 === true &&
    h.code8 === 'code8-1' &&
    h.count4 <= 85 &&
    (h.code4 === 'code4-1' || h.count16 <= 75 || h.code9 === 'code9-3')
  )
}

function rule65(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.count11 < 75 &&
    h.count14 >= 55 &&
    ((h.count10 < 65 && h.code7 === 'code7-1') || h.code2 === 'code2-3' || h.count4 <= 60)
  )
}

function rule66(h: Household): boolean {
  return (
    h.flag12 === false &&
    h.count3 >= 50 &&
    h.flag2 === true &&
    (h.code8 === 'code8-2' || h.code4 === 'code4-2')
  )
}

function rule67(h: Household): boolean {
  return (
    h.flag1 === false &&
    h.count2 >= 40 &&
    ((h.code4 === 'code4-3' && (h.code2 === 'code2-3' || h.code2 === 'code2-5')) ||
      h.flag5 === false)
  )
}

function rule68(h: Household): boolean {
  return (
    h.flag8 === true &&
    h.flag2 === false &&
    h.count11 < 50 &&
    (((h.code12 === 'code12-1' || h.code12 === 'code12-5') && h.count4 < 85) || h.flag7 === true)
  )
}

function rule69(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.count5 < 20 &&
    (h.count12 <= 85 || h.flag3 === true) &&
    !(h.code10 === 'code10-3' || h.code10 === 'code10-5')
  )
}

function rule70(h: Household): boolean {
  return (
    h.count3 < 50 &&
    (h.code3 === 'code3-3' || h.code3 === 'code3-5') &&
    h.count15 < 40 &&
    (h.flag4 === false || h.flag8 === true || h.code5 === 'code5-3')
  )
}

function rule71(h: Household): boolean {
  return (
    h.code4 === 'code4-3' &&
    h.count8 < 75 &&
    h.flag4 === true &&
    (h.count9 < 85 || h.flag6 === false || h.count4 < 85)
  )
}

function rule72(h: Household): boolean {
  return (
    h.flag9 === true &&
    h.code1 === 'code1-1' &&
    h.code12 === 'code12-2' &&
    ((h.count9 < 85 && h.flag3 === false) || h.code4 === 'code4-3' || h.flag10 === false)
  )
}

function rule73(h: Household): boolean {
  return (
    h.count15 < 65 &&
    h.flag5 === false &&
    h.flag3 === false &&
    (h.flag8 === true || h.count12 >= 60)
  )
}

function rule74(h: Household): boolean {
  return (
    h.flag6 === true &&
    h.count11 >= 75 &&
    h.flag5 === false &&
    ((h.code2 === 'code2-2' && h.code4 === 'code4-3') ||
      h.code1 === 'code1-1' ||
      h.code1 === 'code1-5') &&
    !(h.flag2 === true || h.flag7 === true)
  )
}

function rule75(h: Household): boolean {
  return (
    h.code6 === 'code6-3' &&
    h.count3 < 75 &&
    (h.code8 === 'code8-3' || h.code8 === 'code8-5') &&
    (h.code2 === 'code2-1' ||
      h.code2 === 'code2-5' ||
      h.code12 === 'code12-3' ||
      h.code12 === 'code12-5') &&
    !(h.count11 < 75)
  )
}

function rule76(h: Household): boolean {
  return (
    h.code2 === 'code2-1' &&
    (h.code12 === 'code12-3' || h.code12 === 'code12-5') &&
    h.flag11 === true &&
    (h.count1 >= 30 || h.count14 <= 30)
  )
}

function rule77(h: Household): boolean {
  return (
    h.count8 < 75 &&
    h.count7 < 40 &&
    h.flag12 === true &&
    ((h.flag11 === true && h.count5 < 45) || h.code3 === 'code3-3')
  )
}

function rule78(h: Household): boolean {
  return (
    h.flag1 === true &&
    h.count4 >= 85 &&
    ((h.flag8 === true && h.flag2 === true) || h.flag11 === true)
  )
}

function rule79(h: Household): boolean {
  return (
    h.flag11 === false &&
    h.code2 === 'code2-2' &&
    (((h.code7 === 'code7-3' || h.code7 === 'code7-5') && h.code5 === 'code5-2') ||
      h.code3 === 'code3-2' ||
      h.code3 === 'code3-5') &&
    !(h.flag6 === true || h.count8 < 75)
  )
}

function rule80(h: Household): boolean {
  return (
    h.flag7 === true &&
    (h.code4 === 'code4-1' || h.code4 === 'code4-5') &&
    ((h.count15 < 65 && (h.code7 === 'code7-1' || h.code7 === 'code7-5')) ||
      h.flag12 === false ||
      h.count6 >= 30)
  )
}

function rule81(h: Household): boolean {
  return (
    h.count1 >= 30 &&
    h.code2 === 'code2-2' &&
    h.code6 === 'code6-1' &&
    (h.code10 === 'code10-1' || h.code10 === 'code10-5' || h.count8 >= 75)
  )
}

function rule82(h: Household): boolean {
  return (
    h.count14 < 30 &&
    h.flag8 === true &&
    ((h.flag4 === true && h.count2 < 65) || h.count13 < 20) &&
    !(h.count9 >= 85 || h.flag5 === false)
  )
}

function rule83(h: Household): boolean {
  return (
    h.code4 === 'code4-2' &&
    h.count7 >= 40 &&
    (h.flag10 === true || h.count2 < 65 || h.flag12 === false)
  )
}

function rule84(h: Household): boolean {
  return (
    h.flag7 === false &&
    h.flag10 === false &&
    ((h.code2 === 'code2-2' && h.count14 < 30) || h.flag5 === false || h.code8 === 'code8-1')
  )
}

function rule85(h: Household): boolean {
  return (
    h.count13 < 20 &&
    h.count3 < 50 &&
    ((h.flag11 === false && (h.code8 === 'code8-1' || h.code8 === 'code8-5')) ||
      h.code11 === 'code11-1' ||
      h.code11 === 'code11-5' ||
      h.count15 <= 40)
  )
}

function rule86(h: Household): boolean {
  return (
    h.count2 <= 40 &&
    h.count14 <= 30 &&
    (h.code1 === 'code1-2' || h.code1 === 'code1-5') &&
    ((h.flag4 === true && h.count9 >= 60) || h.count6 < 55)
  )
}

function rule87(h: Household): boolean {
  return (
    h.count2 <= 65 &&
    h.count14 <= 55 &&
    (h.count11 >= 75 || h.count9 <= 60 || h.code11 === 'code11-2') &&
    !(h.flag6 === true || h.flag8 === false)
  )
}

function rule88(h: Household): boolean {
  return (
    h.code6 === 'code6-1' &&
    h.flag9 === false &&
    h.count7 < 65 &&
    ((h.count12 >= 60 && h.count13 < 45) || h.code4 === 'code4-3')
  )
}

function rule89(h: Household): boolean {
  return (
    (h.code1 === 'code1-1' || h.code1 === 'code1-5') &&
    h.code7 === 'code7-3' &&
    (h.count10 < 65 || h.flag8 === true || h.count8 < 50)
  )
}

function rule90(h: Household): boolean {
  return (
    (h.code3 === 'code3-2' || h.code3 === 'code3-5') &&
    h.flag10 === true &&
    h.count6 < 55 &&
    ((h.count16 < 50 && !(h.code2 === 'code2-2' || h.code2 === 'code2-5')) ||
      h.count5 < 45 ||
      h.flag4 === true)
  )
}

function rule91(h: Household): boolean {
  return (
    h.flag5 === true &&
    h.flag10 === false &&
    (h.code3 === 'code3-1' || h.code3 === 'code3-5' || h.code8 === 'code8-2' || h.count3 < 50)
  )
}

function rule92(h: Household): boolean {
  return (
    h.count13 < 45 &&
    h.code12 === 'code12-2' &&
    (((h.code1 === 'code1-2' || h.code1 === 'code1-5') && h.count11 >= 75) || h.count10 < 65)
  )
}

function rule93(h: Household): boolean {
  return (
    h.code12 === 'code12-2' &&
    h.code10 === 'code10-2' &&
    (h.code9 === 'code9-3' || h.code9 === 'code9-5') &&
    ((h.count4 >= 85 && (h.code5 === 'code5-1' || h.code5 === 'code5-5')) || h.count3 >= 50) &&
    !(h.code6 === 'code6-1' || h.flag3 === true)
  )
}

function rule94(h: Household): boolean {
  return (
    h.flag10 === false &&
    (h.code11 === 'code11-2' || h.code11 === 'code11-5') &&
    h.count2 < 40 &&
    ((h.code9 === 'code9-2' && h.flag9 === false) || h.count13 <= 45) &&
    !(h.flag5 === true || h.flag7 === true)
  )
}

function rule95(h: Household): boolean {
  return (
    h.count15 <= 65 &&
    h.count12 < 85 &&
    h.code11 === 'code11-2' &&
    (h.code7 === 'code7-2' || h.count6 <= 30 || h.code9 === 'code9-3') &&
    !(h.flag7 === true || h.flag12 === true)
  )
}

function rule96(h: Household): boolean {
  return (
    h.count10 <= 65 &&
    h.code2 === 'code2-2' &&
    (((h.code6 === 'code6-3' || h.code6 === 'code6-5') && h.count12 < 85) ||
      h.flag11 === true ||
      h.code10 === 'code10-3') &&
    !(h.code3 === 'code3-1')
  )
}

function rule97(h: Household): boolean {
  return (
    h.flag10 === true &&
    h.count8 >= 50 &&
    (h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    ((h.code10 === 'code10-1' && (h.code4 === 'code4-1' || h.code4 === 'code4-5')) ||
      h.flag12 === true ||
      h.count11 <= 75) &&
    !(h.count14 < 55)
  )
}

function rule98(h: Household): boolean {
  return (
    h.count10 < 65 &&
    h.count8 >= 75 &&
    ((h.flag4 === false && h.count15 <= 40) || h.code9 === 'code9-3') &&
    !(h.count2 <= 40 || h.flag6 === false)
  )
}

function rule99(h: Household): boolean {
  return (
    h.flag5 === false &&
    h.count8 >= 50 &&
    h.code2 === 'code2-2' &&
    (h.code7 === 'code7-2' ||
      h.code7 === 'code7-5' ||
      h.code12 === 'code12-1' ||
      h.code12 === 'code12-5')
  )
}

function rule100(h: Household): boolean {
  return (
    h.count8 <= 75 &&
    h.flag10 === true &&
    h.count15 <= 65 &&
    (h.code5 === 'code5-1' || h.count16 >= 50)
  )
}

function rule101(h: Household): boolean {
  return (
    h.code5 === 'code5-1' &&
    h.code8 === 'code8-2' &&
    ((h.flag12 === true && h.flag6 === true) || h.flag9 === false || h.code2 === 'code2-3')
  )
}

function rule102(h: Household): boolean {
  return (
    h.flag12 === true &&
    h.count8 < 50 &&
    h.code8 === 'code8-1' &&
    (!(h.code10 === 'code10-1' || h.code10 === 'code10-5') || h.count13 < 45) &&
    !(h.code4 === 'code4-1' || h.code4 === 'code4-5')
  )
}

function rule103(h: Household): boolean {
  return (
    h.flag10 === true &&
    h.count9 < 85 &&
    h.code5 === 'code5-1' &&
    (h.code3 === 'code3-3' || h.count15 <= 65 || h.count1 < 30)
  )
}

function rule104(h: Household): boolean {
  return (
    h.count12 < 60 &&
    h.count1 <= 30 &&
    h.count13 < 45 &&
    (h.count8 < 50 || h.flag11 === false || h.flag12 === true)
  )
}

function rule105(h: Household): boolean {
  return (
    h.count14 < 55 &&
    h.count16 >= 75 &&
    (h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    (!(h.code5 === 'code5-2' || h.code5 === 'code5-5') || h.flag2 === false) &&
    !(h.count3 < 75 || h.code7 === 'code7-1')
  )
}

function rule106(h: Household): boolean {
  return (
    h.code12 === 'code12-3' &&
    h.flag8 === false &&
    h.code4 === 'code4-1' &&
    ((h.count4 <= 85 && h.flag6 === false) || h.flag10 === true)
  )
}

function rule107(h: Household): boolean {
  return (
    h.count2 >= 40 &&
    h.flag3 === false &&
    !(h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    (h.count3 >= 75 || h.count13 <= 45 || h.code7 === 'code7-3') &&
    !(h.count6 <= 30 || h.count1 <= 30)
  )
}

function rule108(h: Household): boolean {
  return (
    h.code10 === 'code10-2' &&
    h.count12 >= 85 &&
    h.code7 === 'code7-1' &&
    ((h.count2 < 40 && h.count10 < 40) || h.code4 === 'code4-1' || h.code4 === 'code4-5')
  )
}

function rule109(h: Household): boolean {
  return (
    h.flag9 === true &&
    h.flag2 === true &&
    h.count4 >= 85 &&
    (h.count6 <= 30 || h.count7 < 40 || h.flag10 === false)
  )
}

function rule110(h: Household): boolean {
  return (
    h.flag4 === true &&
    h.flag2 === false &&
    ((h.count8 <= 75 && h.code1 === 'code1-1') || h.count16 <= 75 || h.flag3 === false)
  )
}

function rule111(h: Household): boolean {
  return (
    h.count13 <= 20 &&
    h.flag9 === false &&
    h.count10 < 40 &&
    ((h.code11 === 'code11-1' && h.flag8 === false) || h.flag4 === false) &&
    !(h.count3 < 50 || h.count7 <= 40)
  )
}

function rule112(h: Household): boolean {
  return (
    h.code7 === 'code7-3' &&
    h.code3 === 'code3-2' &&
    h.flag8 === false &&
    (h.count2 < 65 || h.code4 === 'code4-2' || h.flag5 === true)
  )
}

function rule113(h: Household): boolean {
  return (
    h.count6 >= 30 &&
    h.flag8 === false &&
    h.code10 === 'code10-3' &&
    ((h.count14 <= 30 && h.count4 >= 85) || h.flag4 === true || h.count1 < 55)
  )
}

function rule114(h: Household): boolean {
  return (
    h.code11 === 'code11-2' &&
    h.count7 < 40 &&
    (((h.code10 === 'code10-3' || h.code10 === 'code10-5') && h.flag4 === false) ||
      h.code4 === 'code4-3' ||
      h.code4 === 'code4-5')
  )
}

function rule115(h: Household): boolean {
  return (
    h.count2 < 40 &&
    h.code6 === 'code6-3' &&
    (h.flag10 === true || h.count8 <= 75 || h.code4 === 'code4-3')
  )
}

function rule116(h: Household): boolean {
  return (
    h.count9 <= 85 &&
    h.flag9 === true &&
    h.flag7 === true &&
    (h.flag1 === true || h.count2 <= 40) &&
    !(h.count15 < 40 || h.code10 === 'code10-3')
  )
}

function rule117(h: Household): boolean {
  return (
    (h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    h.count9 < 60 &&
    h.count6 < 30 &&
    ((h.flag7 === false && h.flag4 === true) || h.code5 === 'code5-3' || h.code5 === 'code5-5')
  )
}

function rule118(h: Household): boolean {
  return (
    h.count7 <= 65 &&
    h.count9 < 60 &&
    (h.flag11 === false || h.count16 >= 75 || h.code2 === 'code2-3')
  )
}

function rule119(h: Household): boolean {
  return (
    h.code11 === 'code11-3' &&
    h.count9 <= 85 &&
    h.count14 <= 30 &&
    (h.count2 < 40 || h.flag7 === false || h.flag1 === false) &&
    !(h.count6 < 55)
  )
}

function rule120(h: Household): boolean {
  return (
    h.flag4 === true &&
    h.count13 < 20 &&
    (h.code8 === 'code8-3' || h.code8 === 'code8-5' || h.flag1 === false || h.code11 === 'code11-1')
  )
}

function rule121(h: Household): boolean {
  return (
    (h.code11 === 'code11-3' || h.code11 === 'code11-5') &&
    h.flag5 === true &&
    (h.count14 <= 55 || h.count16 < 50) &&
    !(h.count9 < 60)
  )
}

function rule122(h: Household): boolean {
  return (
    !(h.code4 === 'code4-1' || h.code4 === 'code4-5') &&
    h.code9 === 'code9-1' &&
    h.flag3 === true &&
    (h.code2 === 'code2-2' || h.code2 === 'code2-5' || h.flag1 === true)
  )
}

function rule123(h: Household): boolean {
  return (
    h.code5 === 'code5-3' &&
    h.flag7 === true &&
    h.count13 <= 45 &&
    (h.count3 < 50 || h.flag2 === true || h.flag3 === false)
  )
}

function rule124(h: Household): boolean {
  return (
    h.count6 < 55 &&
    h.count12 < 85 &&
    h.flag7 === true &&
    (h.flag1 === false || h.flag6 === false || h.flag3 === true) &&
    !(h.code6 === 'code6-1' || h.count14 >= 30)
  )
}

function rule125(h: Household): boolean {
  return (
    h.count10 <= 40 && h.flag11 === true && (h.code11 === 'code11-1' || h.code12 === 'code12-2')
  )
}

function rule126(h: Household): boolean {
  return (
    h.code11 === 'code11-1' &&
    h.count14 <= 30 &&
    h.count1 <= 55 &&
    ((h.flag6 === true && h.flag10 === true) ||
      h.code3 === 'code3-1' ||
      h.code3 === 'code3-5' ||
      h.count11 >= 50) &&
    !(h.flag2 === true)
  )
}

function rule127(h: Household): boolean {
  return (
    h.code11 === 'code11-2' &&
    h.count1 >= 30 &&
    h.flag6 === true &&
    (h.flag4 === true || h.flag11 === true || h.count7 <= 40) &&
    !(h.count15 < 65 || h.code8 === 'code8-3')
  )
}

function rule128(h: Household): boolean {
  return (
    h.flag5 === true &&
    h.code12 === 'code12-3' &&
    (((h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
      !(h.code7 === 'code7-2' || h.code7 === 'code7-5')) ||
      h.flag6 === true ||
      h.count15 < 65)
  )
}

function rule129(h: Household): boolean {
  return h.flag10 === true && h.count9 <= 85 && (h.flag2 === false || h.flag9 === true)
}

function rule130(h: Household): boolean {
  return (
    h.code10 === 'code10-2' &&
    h.flag11 === true &&
    (h.count12 < 60 || h.code2 === 'code2-1') &&
    !(h.count8 >= 50 || h.count6 >= 55)
  )
}

function rule131(h: Household): boolean {
  return (
    h.code7 === 'code7-1' &&
    h.count10 < 40 &&
    ((h.flag2 === true && h.flag8 === false) || h.flag6 === false || h.count2 < 40) &&
    !(h.count15 <= 65 || h.code3 === 'code3-1')
  )
}

function rule132(h: Household): boolean {
  return (
    h.flag6 === true &&
    h.count9 < 60 &&
    ((h.code4 === 'code4-1' && h.count16 < 75) || h.count15 <= 65 || h.flag3 === false) &&
    !(h.code5 === 'code5-3')
  )
}

function rule133(h: Household): boolean {
  return h.flag2 === true && h.count1 <= 55 && (h.count15 <= 40 || h.flag1 === true)
}

function rule134(h: Household): boolean {
  return (
    h.count11 >= 50 &&
    h.flag2 === false &&
    h.count3 < 75 &&
    ((h.flag3 === false && h.flag6 === false) || h.count10 < 40 || h.count8 < 75) &&
    !(h.code7 === 'code7-3')
  )
}

function rule135(h: Household): boolean {
  return (
    h.code3 === 'code3-2' &&
    h.flag2 === true &&
    ((h.count7 < 65 && h.count16 >= 75) || h.flag4 === true)
  )
}

function rule136(h: Household): boolean {
  return (
    (h.code7 === 'code7-3' || h.code7 === 'code7-5') &&
    h.code8 === 'code8-2' &&
    (h.code5 === 'code5-3' || h.code5 === 'code5-5') &&
    (h.flag5 === true || h.count13 <= 45)
  )
}

function rule137(h: Household): boolean {
  return (
    (h.code7 === 'code7-1' || h.code7 === 'code7-5') &&
    h.count12 < 85 &&
    h.count16 < 75 &&
    ((h.code8 === 'code8-3' && h.flag3 === false) || h.code1 === 'code1-3')
  )
}

function rule138(h: Household): boolean {
  return (
    h.count11 <= 50 &&
    h.flag1 === true &&
    h.code7 === 'code7-2' &&
    (h.code9 === 'code9-1' || h.count15 <= 65 || h.flag12 === false) &&
    !(h.flag11 === false)
  )
}

function rule139(h: Household): boolean {
  return (
    h.flag11 === false &&
    h.code3 === 'code3-2' &&
    (h.code8 === 'code8-1' || h.count15 <= 65 || h.count1 >= 55)
  )
}

function rule140(h: Household): boolean {
  return (
    h.count9 < 85 &&
    h.flag10 === false &&
    h.count5 < 20 &&
    (!(h.code1 === 'code1-2' || h.code1 === 'code1-5') || h.code8 === 'code8-2') &&
    !(h.code11 === 'code11-3' || h.count3 >= 75)
  )
}

function rule141(h: Household): boolean {
  return (
    h.flag4 === true &&
    h.count5 <= 20 &&
    (h.flag10 === true || !(h.code9 === 'code9-1' || h.code9 === 'code9-5')) &&
    !(h.code4 === 'code4-3' || h.code4 === 'code4-5')
  )
}

function rule142(h: Household): boolean {
  return (
    h.count3 < 50 &&
    h.flag9 === false &&
    h.code3 === 'code3-1' &&
    (h.count7 >= 65 || h.flag10 === true || h.flag11 === false)
  )
}

function rule143(h: Household): boolean {
  return h.code2 === 'code2-2' && h.count4 < 85 && (h.flag8 === true || h.flag9 === true)
}

function rule144(h: Household): boolean {
  return h.count10 >= 40 && h.count9 <= 60 && (h.code6 === 'code6-1' || h.code3 === 'code3-2')
}

function rule145(h: Household): boolean {
  return (
    h.flag12 === true &&
    h.count12 < 85 &&
    (h.code4 === 'code4-1' || h.code4 === 'code4-5' || h.count2 <= 40 || h.count13 <= 45) &&
    !(h.count6 <= 55 || h.flag4 === false)
  )
}

function rule146(h: Household): boolean {
  return (
    h.flag9 === false &&
    (h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    (h.count13 <= 45 || h.flag5 === true)
  )
}

function rule147(h: Household): boolean {
  return (
    h.flag5 === true &&
    h.count14 < 55 &&
    ((h.count13 < 20 && h.code11 === 'code11-2') || h.count11 <= 50 || h.count4 < 60)
  )
}

function rule148(h: Household): boolean {
  return (
    h.flag11 === true &&
    h.code6 === 'code6-3' &&
    (((h.code11 === 'code11-1' || h.code11 === 'code11-5') && h.flag3 === false) ||
      h.code8 === 'code8-2' ||
      h.code8 === 'code8-5')
  )
}

function rule149(h: Household): boolean {
  return (
    h.flag11 === true &&
    h.flag4 === true &&
    h.count14 <= 30 &&
    (h.code8 === 'code8-3' || h.code8 === 'code8-5' || h.count5 <= 45 || h.code12 === 'code12-3') &&
    !(h.flag8 === true)
  )
}

function rule150(h: Household): boolean {
  return (
    h.flag6 === false &&
    h.flag4 === false &&
    (h.count15 >= 40 || h.count11 >= 75) &&
    !(h.flag2 === false || h.count14 < 55)
  )
}

function rule151(h: Household): boolean {
  return (
    h.code10 === 'code10-1' &&
    h.count1 <= 55 &&
    h.count13 <= 20 &&
    (h.count5 < 20 || h.code12 === 'code12-1')
  )
}

function rule152(h: Household): boolean {
  return (
    h.count11 < 50 &&
    h.flag9 === true &&
    h.code1 === 'code1-2' &&
    (h.flag6 === true || h.flag8 === true)
  )
}

function rule153(h: Household): boolean {
  return (
    h.code2 === 'code2-1' && h.count6 < 55 && (h.count3 <= 50 || h.count9 < 85 || h.count7 >= 40)
  )
}

function rule154(h: Household): boolean {
  return (
    (h.code5 === 'code5-1' || h.code5 === 'code5-5') &&
    h.count8 >= 50 &&
    (h.count7 < 40 || h.code8 === 'code8-2')
  )
}

function rule155(h: Household): boolean {
  return (
    h.count2 <= 65 &&
    (h.code11 === 'code11-1' || h.code11 === 'code11-5') &&
    ((h.code10 === 'code10-1' && h.count3 < 75) || h.flag12 === true || h.code1 === 'code1-2') &&
    !(h.flag10 === true)
  )
}

function rule156(h: Household): boolean {
  return (
    h.count9 < 60 && h.code9 === 'code9-2' && (h.code12 === 'code12-2' || h.code7 === 'code7-3')
  )
}

function rule157(h: Household): boolean {
  return (
    h.count13 < 20 &&
    h.count1 < 30 &&
    h.flag8 === false &&
    ((h.flag7 === false && h.count14 < 55) || h.code10 === 'code10-2' || h.flag9 === true) &&
    !(h.code12 === 'code12-2')
  )
}

function rule158(h: Household): boolean {
  return (
    (h.code1 === 'code1-1' || h.code1 === 'code1-5') &&
    h.count8 < 75 &&
    (h.count12 < 60 || h.code3 === 'code3-1')
  )
}

function rule159(h: Household): boolean {
  return (
    (h.code12 === 'code12-3' || h.code12 === 'code12-5') &&
    h.count8 <= 75 &&
    (h.flag2 === false || h.count16 >= 50)
  )
}

function rule160(h: Household): boolean {
  return (
    (h.code7 === 'code7-1' || h.code7 === 'code7-5') &&
    h.flag1 === false &&
    h.code1 === 'code1-1' &&
    (h.count6 >= 30 || h.count7 < 65)
  )
}

function rule161(h: Household): boolean {
  return (
    h.count7 < 40 &&
    h.count2 <= 40 &&
    (h.code5 === 'code5-3' || h.code5 === 'code5-5') &&
    ((h.flag12 === false && (h.code8 === 'code8-3' || h.code8 === 'code8-5')) ||
      h.code9 === 'code9-2' ||
      h.count4 <= 60)
  )
}

function rule162(h: Household): boolean {
  return (
    h.flag11 === true &&
    !(h.code4 === 'code4-2' || h.code4 === 'code4-5') &&
    h.code9 === 'code9-1' &&
    (h.count4 < 60 || h.count16 < 50)
  )
}

function rule163(h: Household): boolean {
  return h.count7 < 65 && h.flag9 === false && (h.count13 >= 20 || h.flag10 === true)
}

function rule164(h: Household): boolean {
  return (
    h.code6 === 'code6-3' &&
    h.flag9 === false &&
    ((h.count11 <= 75 && h.count7 < 40) || h.flag11 === true || h.flag8 === true)
  )
}

function rule165(h: Household): boolean {
  return (
    h.count13 >= 45 &&
    h.flag12 === true &&
    ((h.code10 === 'code10-3' && h.count2 < 65) || h.count9 >= 60) &&
    !(h.count11 < 75)
  )
}

function rule166(h: Household): boolean {
  return (
    h.code11 === 'code11-2' &&
    (h.code1 === 'code1-1' || h.code1 === 'code1-5') &&
    (h.code2 === 'code2-2' || h.count11 < 50)
  )
}

function rule167(h: Household): boolean {
  return (
    h.count14 < 30 &&
    (h.code2 === 'code2-1' || h.code2 === 'code2-5') &&
    h.flag6 === true &&
    (h.flag1 === true || h.flag3 === true || h.code12 === 'code12-3')
  )
}

function rule168(h: Household): boolean {
  return (
    (h.code9 === 'code9-1' || h.code9 === 'code9-5') &&
    h.flag3 === true &&
    (h.flag6 === false || h.flag12 === true || h.count4 <= 60)
  )
}

function rule169(h: Household): boolean {
  return (
    h.code4 === 'code4-3' &&
    h.flag6 === false &&
    (h.code7 === 'code7-2' || h.code7 === 'code7-5') &&
    (h.count11 <= 50 || h.code6 === 'code6-1' || h.code6 === 'code6-5' || h.code12 === 'code12-2')
  )
}

function rule170(h: Household): boolean {
  return (
    h.code3 === 'code3-3' &&
    h.count13 >= 20 &&
    h.flag5 === false &&
    ((h.code1 === 'code1-2' && h.flag1 === false) || h.count11 <= 50 || h.count8 < 75)
  )
}

function rule171(h: Household): boolean {
  return (
    h.code5 === 'code5-2' &&
    h.flag7 === true &&
    (h.count13 < 45 || h.code11 === 'code11-2' || h.code11 === 'code11-5' || h.count15 < 65) &&
    !(h.code10 === 'code10-1' || h.count7 < 65)
  )
}

function rule172(h: Household): boolean {
  return (
    h.code5 === 'code5-3' &&
    h.count13 >= 20 &&
    h.flag12 === false &&
    ((h.code11 === 'code11-3' && (h.code12 === 'code12-1' || h.code12 === 'code12-5')) ||
      !(h.code8 === 'code8-2' || h.code8 === 'code8-5') ||
      h.count2 <= 40) &&
    !(h.flag11 === true || h.flag1 === true)
  )
}

function rule173(h: Household): boolean {
  return (
    h.code2 === 'code2-2' &&
    h.count5 <= 45 &&
    h.count15 <= 40 &&
    ((h.count6 <= 55 && h.count8 >= 75) || h.flag2 === false || h.count10 < 40)
  )
}

function rule174(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.code7 === 'code7-1' &&
    h.flag8 === true &&
    (h.count8 < 75 || h.code10 === 'code10-1' || h.flag11 === false)
  )
}

function rule175(h: Household): boolean {
  return (
    h.count13 < 45 &&
    h.count16 < 75 &&
    (h.count11 < 75 || h.count5 >= 45 || h.code7 === 'code7-1') &&
    !(h.flag8 === true)
  )
}

function rule176(h: Household): boolean {
  return (
    h.count13 <= 20 &&
    h.count4 >= 60 &&
    ((h.flag3 === true && !(h.code8 === 'code8-1' || h.code8 === 'code8-5')) ||
      h.flag11 === true ||
      h.count3 <= 50)
  )
}

function rule177(h: Household): boolean {
  return (
    h.code2 === 'code2-3' &&
    h.flag10 === false &&
    h.count1 < 30 &&
    (h.code10 === 'code10-1' || h.count3 < 75 || h.code5 === 'code5-2') &&
    !(h.code4 === 'code4-1' || h.flag11 === true)
  )
}

function rule178(h: Household): boolean {
  return (
    h.count4 >= 60 &&
    h.flag3 === false &&
    ((h.flag8 === true && h.code2 === 'code2-1') || h.code10 === 'code10-2')
  )
}

function rule179(h: Household): boolean {
  return h.count12 <= 60 && h.count13 < 20 && h.count10 <= 40 && (h.count4 >= 85 || h.count7 >= 65)
}

function rule180(h: Household): boolean {
  return (
    h.code10 === 'code10-3' &&
    h.count10 <= 40 &&
    ((h.flag6 === true && h.count4 <= 85) || h.flag1 === true)
  )
}

function rule181(h: Household): boolean {
  return (
    (h.code4 === 'code4-1' || h.code4 === 'code4-5') &&
    h.count4 <= 60 &&
    (h.flag9 === true || h.count8 <= 50 || h.count7 <= 40)
  )
}

function rule182(h: Household): boolean {
  return (
    h.flag1 === false &&
    h.flag10 === true &&
    h.flag7 === true &&
    ((!(h.code12 === 'code12-3' || h.code12 === 'code12-5') && h.count8 < 50) || h.count7 < 65)
  )
}

function rule183(h: Household): boolean {
  return (
    h.count14 <= 55 && h.count3 < 75 && h.count15 < 65 && (h.flag6 === false || h.flag5 === true)
  )
}

function rule184(h: Household): boolean {
  return (
    h.flag8 === true &&
    h.flag4 === true &&
    h.count14 >= 55 &&
    (h.code5 === 'code5-1' ||
      h.code5 === 'code5-5' ||
      h.code1 === 'code1-2' ||
      h.code1 === 'code1-5') &&
    !(h.flag10 === true || h.count10 < 65)
  )
}

function rule185(h: Household): boolean {
  return h.flag12 === false && h.count5 < 45 && (h.count15 < 65 || h.count6 >= 30)
}

function rule186(h: Household): boolean {
  return (
    h.count14 < 30 &&
    (h.code3 === 'code3-1' || h.code3 === 'code3-5') &&
    (h.code10 === 'code10-2' || h.code10 === 'code10-5') &&
    ((h.flag12 === false && h.code9 === 'code9-1') || h.count4 < 60)
  )
}

function rule187(h: Household): boolean {
  return (
    (h.code6 === 'code6-2' || h.code6 === 'code6-5') &&
    h.code12 === 'code12-3' &&
    h.code2 === 'code2-3' &&
    (h.count9 < 60 || h.code11 === 'code11-2' || h.code11 === 'code11-5')
  )
}

function rule188(h: Household): boolean {
  return (
    h.flag6 === false && h.count9 < 60 && ((h.flag3 === true && h.flag7 === true) || h.count6 < 55)
  )
}

function rule189(h: Household): boolean {
  return (
    h.flag4 === false &&
    h.flag8 === true &&
    ((h.code4 === 'code4-2' && h.flag6 === true) || h.flag12 === true || h.count11 < 75)
  )
}

function rule190(h: Household): boolean {
  return (
    (h.code7 === 'code7-1' || h.code7 === 'code7-5') &&
    h.flag8 === true &&
    (h.count4 < 60 || h.count16 >= 50 || !(h.code6 === 'code6-2' || h.code6 === 'code6-5'))
  )
}

function rule191(h: Household): boolean {
  return (
    h.flag2 === true &&
    (h.code5 === 'code5-1' || h.code5 === 'code5-5') &&
    h.flag11 === true &&
    (h.count10 < 65 || h.flag4 === true || h.count9 <= 85)
  )
}

function rule192(h: Household): boolean {
  return (
    h.count2 < 40 &&
    h.count7 < 40 &&
    h.count8 <= 50 &&
    ((h.code5 === 'code5-3' && h.code4 === 'code4-3') || h.flag6 === false || h.flag5 === true) &&
    !(h.count16 >= 75 || h.flag9 === true)
  )
}

function rule193(h: Household): boolean {
  return (
    h.count6 < 55 &&
    h.code7 === 'code7-2' &&
    (h.flag4 === false || h.flag5 === true || h.code6 === 'code6-3')
  )
}

function rule194(h: Household): boolean {
  return (
    h.flag2 === true &&
    h.count6 >= 55 &&
    h.flag6 === false &&
    (h.flag5 === false || h.flag4 === true)
  )
}

function rule195(h: Household): boolean {
  return (
    h.flag2 === false &&
    h.flag5 === true &&
    h.code11 === 'code11-3' &&
    (h.count14 < 30 || h.count2 < 65)
  )
}

function rule196(h: Household): boolean {
  return (
    h.flag12 === false &&
    h.code6 === 'code6-3' &&
    h.count4 < 60 &&
    (h.flag10 === true || h.count11 < 50)
  )
}

function rule197(h: Household): boolean {
  return (
    h.code12 === 'code12-1' &&
    h.flag12 === false &&
    ((h.flag4 === false && h.flag6 === false) || h.count10 >= 40 || h.code3 === 'code3-3')
  )
}

function rule198(h: Household): boolean {
  return (
    (h.code10 === 'code10-3' || h.code10 === 'code10-5') &&
    h.count14 < 55 &&
    ((h.code5 === 'code5-2' && h.count7 >= 65) || h.flag6 === true || h.code1 === 'code1-1') &&
    !(h.count16 < 50 || h.count9 < 60)
  )
}

function rule199(h: Household): boolean {
  return (
    h.code9 === 'code9-2' &&
    h.count9 >= 85 &&
    (h.code6 === 'code6-3' ||
      h.code6 === 'code6-5' ||
      h.code12 === 'code12-2' ||
      h.code12 === 'code12-5' ||
      !(h.code2 === 'code2-2' || h.code2 === 'code2-5'))
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
  verdicts[25] = rule25(h) ? 1 : 0
  verdicts[26] = rule26(h) ? 1 : 0
  verdicts[27] = rule27(h) ? 1 : 0
  verdicts[28] = rule28(h) ? 1 : 0
  verdicts[29] = rule29(h) ? 1 : 0
  verdicts[30] = rule30(h) ? 1 : 0
  verdicts[31] = rule31(h) ? 1 : 0
  verdicts[32] = rule32(h) ? 1 : 0
  verdicts[33] = rule33(h) ? 1 : 0
  verdicts[34] = rule34(h) ? 1 : 0
  verdicts[35] = rule35(h) ? 1 : 0
  verdicts[36] = rule36(h) ? 1 : 0
  verdicts[37] = rule37(h) ? 1 : 0
  verdicts[38] = rule38(h) ? 1 : 0
  verdicts[39] = rule39(h) ? 1 : 0
  verdicts[40] = rule40(h) ? 1 : 0
  verdicts[41] = rule41(h) ? 1 : 0
  verdicts[42] = rule42(h) ? 1 : 0
  verdicts[43] = rule43(h) ? 1 : 0
  verdicts[44] = rule44(h) ? 1 : 0
  verdicts[45] = rule45(h) ? 1 : 0
  verdicts[46] = rule46(h) ? 1 : 0
  verdicts[47] = rule47(h) ? 1 : 0
  verdicts[48] = rule48(h) ? 1 : 0
  verdicts[49] = rule49(h) ? 1 : 0
  verdicts[50] = rule50(h) ? 1 : 0
  verdicts[51] = rule51(h) ? 1 : 0
  verdicts[52] = rule52(h) ? 1 : 0
  verdicts[53] = rule53(h) ? 1 : 0
  verdicts[54] = rule54(h) ? 1 : 0
  verdicts[55] = rule55(h) ? 1 : 0
  verdicts[56] = rule56(h) ? 1 : 0
  verdicts[57] = rule57(h) ? 1 : 0
  verdicts[58] = rule58(h) ? 1 : 0
  verdicts[59] = rule59(h) ? 1 : 0
  verdicts[60] = rule60(h) ? 1 : 0
  verdicts[61] = rule61(h) ? 1 : 0
  verdicts[62] = rule62(h) ? 1 : 0
  verdicts[63] = rule63(h) ? 1 : 0
  verdicts[64] = rule64(h) ? 1 : 0
  verdicts[65] = rule65(h) ? 1 : 0
  verdicts[66] = rule66(h) ? 1 : 0
  verdicts[67] = rule67(h) ? 1 : 0
  verdicts[68] = rule68(h) ? 1 : 0
  verdicts[69] = rule69(h) ? 1 : 0
  verdicts[70] = rule70(h) ? 1 : 0
  verdicts[71] = rule71(h) ? 1 : 0
  verdicts[72] = rule72(h) ? 1 : 0
  verdicts[73] = rule73(h) ? 1 : 0
  verdicts[74] = rule74(h) ? 1 : 0
  verdicts[75] = rule75(h) ? 1 : 0
  verdicts[76] = rule76(h) ? 1 : 0
  verdicts[77] = rule77(h) ? 1 : 0
  verdicts[78] = rule78(h) ? 1 : 0
  verdicts[79] = rule79(h) ? 1 : 0
  verdicts[80] = rule80(h) ? 1 : 0
  verdicts[81] = rule81(h) ? 1 : 0
  verdicts[82] = rule82(h) ? 1 : 0
  verdicts[83] = rule83(h) ? 1 : 0
  verdicts[84] = rule84(h) ? 1 : 0
  verdicts[85] = rule85(h) ? 1 : 0
  verdicts[86] = rule86(h) ? 1 : 0
  verdicts[87] = rule87(h) ? 1 : 0
  verdicts[88] = rule88(h) ? 1 : 0
  verdicts[89] = rule89(h) ? 1 : 0
  verdicts[90] = rule90(h) ? 1 : 0
  verdicts[91] = rule91(h) ? 1 : 0
  verdicts[92] = rule92(h) ? 1 : 0
  verdicts[93] = rule93(h) ? 1 : 0
  verdicts[94] = rule94(h) ? 1 : 0
  verdicts[95] = rule95(h) ? 1 : 0
  verdicts[96] = rule96(h) ? 1 : 0
  verdicts[97] = rule97(h) ? 1 : 0
  verdicts[98] = rule98(h) ? 1 : 0
  verdicts[99] = rule99(h) ? 1 : 0
  verdicts[100] = rule100(h) ? 1 : 0
  verdicts[101] = rule101(h) ? 1 : 0
  verdicts[102] = rule102(h) ? 1 : 0
  verdicts[103] = rule103(h) ? 1 : 0
  verdicts[104] = rule104(h) ? 1 : 0
  verdicts[105] = rule105(h) ? 1 : 0
  verdicts[106] = rule106(h) ? 1 : 0
  verdicts[107] = rule107(h) ? 1 : 0
  verdicts[108] = rule108(h) ? 1 : 0
  verdicts[109] = rule109(h) ? 1 : 0
  verdicts[110] = rule110(h) ? 1 : 0
  verdicts[111] = rule111(h) ? 1 : 0
  verdicts[112] = rule112(h) ? 1 : 0
  verdicts[113] = rule113(h) ? 1 : 0
  verdicts[114] = rule114(h) ? 1 : 0
  verdicts[115] = rule115(h) ? 1 : 0
  verdicts[116] = rule116(h) ? 1 : 0
  verdicts[117] = rule117(h) ? 1 : 0
  verdicts[118] = rule118(h) ? 1 : 0
  verdicts[119] = rule119(h) ? 1 : 0
  verdicts[120] = rule120(h) ? 1 : 0
  verdicts[121] = rule121(h) ? 1 : 0
  verdicts[122] = rule122(h) ? 1 : 0
  verdicts[123] = rule123(h) ? 1 : 0
  verdicts[124] = rule124(h) ? 1 : 0
  verdicts[125] = rule125(h) ? 1 : 0
  verdicts[126] = rule126(h) ? 1 : 0
  verdicts[127] = rule127(h) ? 1 : 0
  verdicts[128] = rule128(h) ? 1 : 0
  verdicts[129] = rule129(h) ? 1 : 0
  verdicts[130] = rule130(h) ? 1 : 0
  verdicts[131] = rule131(h) ? 1 : 0
  verdicts[132] = rule132(h) ? 1 : 0
  verdicts[133] = rule133(h) ? 1 : 0
  verdicts[134] = rule134(h) ? 1 : 0
  verdicts[135] = rule135(h) ? 1 : 0
  verdicts[136] = rule136(h) ? 1 : 0
  verdicts[137] = rule137(h) ? 1 : 0
  verdicts[138] = rule138(h) ? 1 : 0
  verdicts[139] = rule139(h) ? 1 : 0
  verdicts[140] = rule140(h) ? 1 : 0
  verdicts[141] = rule141(h) ? 1 : 0
  verdicts[142] = rule142(h) ? 1 : 0
  verdicts[143] = rule143(h) ? 1 : 0
  verdicts[144] = rule144(h) ? 1 : 0
  verdicts[145] = rule145(h) ? 1 : 0
  verdicts[146] = rule146(h) ? 1 : 0
  verdicts[147] = rule147(h) ? 1 : 0
  verdicts[148] = rule148(h) ? 1 : 0
  verdicts[149] = rule149(h) ? 1 : 0
  verdicts[150] = rule150(h) ? 1 : 0
  verdicts[151] = rule151(h) ? 1 : 0
  verdicts[152] = rule152(h) ? 1 : 0
  verdicts[153] = rule153(h) ? 1 : 0
  verdicts[154] = rule154(h) ? 1 : 0
  verdicts[155] = rule155(h) ? 1 : 0
  verdicts[156] = rule156(h) ? 1 : 0
  verdicts[157] = rule157(h) ? 1 : 0
  verdicts[158] = rule158(h) ? 1 : 0
  verdicts[159] = rule159(h) ? 1 : 0
  verdicts[160] = rule160(h) ? 1 : 0
  verdicts[161] = rule161(h) ? 1 : 0
  verdicts[162] = rule162(h) ? 1 : 0
  verdicts[163] = rule163(h) ? 1 : 0
  verdicts[164] = rule164(h) ? 1 : 0
  verdicts[165] = rule165(h) ? 1 : 0
  verdicts[166] = rule166(h) ? 1 : 0
  verdicts[167] = rule167(h) ? 1 : 0
  verdicts[168] = rule168(h) ? 1 : 0
  verdicts[169] = rule169(h) ? 1 : 0
  verdicts[170] = rule170(h) ? 1 : 0
  verdicts[171] = rule171(h) ? 1 : 0
  verdicts[172] = rule172(h) ? 1 : 0
  verdicts[173] = rule173(h) ? 1 : 0
  verdicts[174] = rule174(h) ? 1 : 0
  verdicts[175] = rule175(h) ? 1 : 0
  verdicts[176] = rule176(h) ? 1 : 0
  verdicts[177] = rule177(h) ? 1 : 0
  verdicts[178] = rule178(h) ? 1 : 0
  verdicts[179] = rule179(h) ? 1 : 0
  verdicts[180] = rule180(h) ? 1 : 0
  verdicts[181] = rule181(h) ? 1 : 0
  verdicts[182] = rule182(h) ? 1 : 0
  verdicts[183] = rule183(h) ? 1 : 0
  verdicts[184] = rule184(h) ? 1 : 0
  verdicts[185] = rule185(h) ? 1 : 0
  verdicts[186] = rule186(h) ? 1 : 0
  verdicts[187] = rule187(h) ? 1 : 0
  verdicts[188] = rule188(h) ? 1 : 0
  verdicts[189] = rule189(h) ? 1 : 0
  verdicts[190] = rule190(h) ? 1 : 0
  verdicts[191] = rule191(h) ? 1 : 0
  verdicts[192] = rule192(h) ? 1 : 0
  verdicts[193] = rule193(h) ? 1 : 0
  verdicts[194] = rule194(h) ? 1 : 0
  verdicts[195] = rule195(h) ? 1 : 0
  verdicts[196] = rule196(h) ? 1 : 0
  verdicts[197] = rule197(h) ? 1 : 0
  verdicts[198] = rule198(h) ? 1 : 0
  verdicts[199] = rule199(h) ? 1 : 0
}
