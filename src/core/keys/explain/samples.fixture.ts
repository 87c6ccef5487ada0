import type { OperationName, Values } from './contract.ts';

/** Right values of every operation and what they give, from the vectors. */
export type Sample = { readonly values: Values; readonly result: string };

const purse = '11223344556677888877665544332211';
const master = '0123456789ABCDEFFEDCBA9876543210';
const sm4Root = '0123456789ABCDEFFEDCBA9876543210';
const factors = '3531303030307368 3531303130307378 8660510100000001';
const jpos = '12345678123456781234567812345678';
const jposData = '000000010000 000000001000 0840 0000001080 0840 980704 00 11111111 5800 3456 A08003242000';
const holder = { key: jpos, pan: '1234567890123456', pan_check: 'any', sequence: '00', option: 'A' };

export const samples: Readonly<Record<OperationName, readonly Sample[]>> = {
  kcv: [
    { values: { key: master }, result: '08D7B4' },
    {
      values: { cipher: 'aes', method: 'cmac', length: '5', key: '3F419E1CB7079442AA37474C2EFBF8B8' },
      result: '08793E25AB',
    },
  ],
  diversify: [
    { values: { key: purse, factors }, result: '494ABAC0C06A044C8CB77B19D182E513' },
    {
      values: { family: 'sm4', key: sm4Root, city_code: '510100', history: '00000000008660510100000001' },
      result: '96D28A1CB987689F3056D7C5559376A5',
    },
    { values: { key: purse, factors: '2016122100001003' }, result: '8AEBC113ED5190FBC77D1730A4B51AA5' },
    { values: { key: purse, city_code: '510100' }, result: '3E75FD133AC158C40DCDF366FE7AE80E' },
  ],
  'session-key': [
    { values: { key: purse, rule: 'load', random: '11223344', sequence: '0000' }, result: '9B1D924E05595603' },
    {
      values: { key: purse, rule: 'purchase', random: '11223344', sequence: '0000', terminal_sequence: '00000001' },
      result: '003238ABC57659DD',
    },
    {
      values: { key: purse, factors, rule: 'challenge', random: '1122334455667788' },
      result: 'BDA8FC4152ECA057',
    },
    {
      values: { family: 'sm4', key: sm4Root, factors, rule: 'challenge', random: '1122334455667788' },
      result: '525C78BEBF572E523A17781ECEFD2494',
    },
  ],
  tac: [
    {
      values: {
        key: '00112233445566778899AABBCCDDEEFF',
        message: 'purchase-tac',
        data: '00001000 06 001122334455 00000001 20120229 135100',
      },
      result: 'B3A0D49C',
    },
  ],
  'card-mac': [
    {
      values: {
        key: purse,
        challenge: '1122334400008000',
        message: 'load-mac1',
        data: '00000000 00001000 01 001122334455',
      },
      result: '2988AE5A',
    },
    {
      values: { key: purse, challenge: '1122334400008000', data: '00001000 01 001122334455 20111221 214822' },
      result: '3A845BF0',
    },
    {
      values: { key: '003238ABC57659DD', rule: 'direct', message: 'purchase-mac2', data: '00001000' },
      result: '56988A13',
    },
  ],
  authenticate: [
    {
      values: { key: purse, factors, factor: '1122334455667788', original: '0102030405060708' },
      result: '9B35A7EA5B0F3B46',
    },
    {
      values: { family: 'sm4', key: sm4Root, factors, factor: '1122334455667788', original: '0102030405060708' },
      result: 'B3FAD3C307371428',
    },
    {
      values: { key: '11223344556677881122334455667788', rule: 'direct', original: '0102030405060708' },
      result: '178F59F8578E0D3F',
    },
  ],
  'retail-mac': [
    {
      values: { key: master, data: '4E6F77206973207468652074696D6520666F7220616C6C20' },
      result: 'A1C72E74EA3FA9B6',
    },
    { values: { key: master, length: '4', data: '4E6F77206973207468652074696D6520666F72206974' }, result: '2E2B1428' },
  ],
  'cbc-mac': [
    {
      values: { key: 'AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBB', padding: '80', data: '68656C6C6F20776F726C64' },
      result: '32DC341271ACCD00',
    },
    {
      values: {
        cipher: 'sm4',
        key: 'EEF3C9888129755F2C769DBC459448CE',
        padding: 'none',
        iv: 'FBD7B7AB0793F814B28A970F9E859C05',
        data: '99C9D02D03F2CD394A680DC51B112322',
      },
      result: '530EDF0605A302F30096AE46BD6316AF',
    },
  ],
  cmac: [
    {
      values: { key: '2B7E151628AED2A6ABF7158809CF4F3C', data: '6BC1BEE22E409F96E93D7E117393172A' },
      result: '070A16B46B4D4144F79BDD9DD04A287C',
    },
  ],
  'unionpay-mac': [
    { values: { key: '2222222222222222', data: '1234567890ABCDEFABCDEF1234567890' }, result: '4532363742364532' },
  ],
  'pin-block': [
    { values: { pin: '1234', pan: '4012345678909' }, result: '041274EDCBA9876F' },
    { values: { format: '2', pin: '34567' }, result: '2534567FFFFFFFFF' },
    { values: { format: '1', pin: '1234', fill: '5EDCBA9876' }, result: '1412345EDCBA9876' },
    {
      values: { pin: '1234', pan: '1234567890120', pan_check: 'any', key: jpos },
      result: '3C0CA40863092C3A',
    },
    {
      values: {
        format: '4',
        pin: '1234',
        pan: '4111111111111111',
        fill: '2F69ADDE2E9E7ACE',
        key: 'AF8CB133A78F8DC2D1359F18527593FB',
      },
      result: 'A912150391AB65A67E52883D81CE2D15',
    },
    {
      values: {
        action: 'read',
        format: '4',
        pan: '4111111111111111',
        key: 'AF8CB133A78F8DC2D1359F18527593FB',
        block: 'A912150391AB65A67E52883D81CE2D15',
      },
      result: '1234',
    },
    { values: { action: 'read', pan: '4012345678909', block: '041274EDCBA9876F' }, result: '1234' },
  ],
  dukpt: [
    {
      values: { key: master, serial: 'FFFF9876543210E00000', use: 'initial' },
      result: '6AC292FAA1315B4D858AB3A3D7D5933A',
    },
    { values: { key: master, serial: 'FFFF9876543210E00002' }, result: 'C46551CEF9FD24B0AA9AD834130D3BC7' },
    { values: { key: master, serial: '9876543210E00002' }, result: 'C46551CEF9FD24B0AA9AD834130D3BC7' },
    {
      values: { key: master, serial: 'FFFF9876543210E00001', use: 'pin', data: '041274EDCBA9876F' },
      result: '1B9C1845EB993A7A',
    },
    {
      values: {
        key: master,
        serial: 'FFFF9876543210E00001',
        use: 'mac-request',
        data: '34303132333435363738393039443938 37',
      },
      result: '9CCC78173FC4FB64',
    },
    {
      values: {
        key: master,
        serial: 'FFFF9876543210E00001',
        use: 'data-request',
        data: '34303132333435363738393039443938 37',
      },
      result: 'FC0D53B7EA1FDA9EE68AAF2E70D9B9506229BE2AA993F04F',
    },
  ],
  'dukpt-aes': [
    {
      values: { key: 'FEDCBA9876543210F1F1F1F1F1F1F1F1', serial: '123456789012345600000001', use: 'pin' },
      result: 'AF8CB133A78F8DC2D1359F18527593FB',
    },
    {
      values: {
        key: '1273671EA26AC29AFA4D1084127652A1',
        from: 'initial',
        serial: '123456789012345600020000',
        use: 'derivation',
      },
      result: 'F7AE9025468A25D37B7249CFFED224C8',
    },
  ],
  'emv-master-key': [
    { values: holder, result: 'DCE992BCE398C264F7858AFD4C4A324A' },
    {
      values: { key: master, pan: '12345678901234567', pan_check: 'any', sequence: '01', option: 'B' },
      result: 'AD406D7F6D7570916D75E5DCAB8CF737',
    },
  ],
  'emv-session-key': [
    {
      values: { key: 'DCE992BCE398C264F7858AFD4C4A324A', scheme: 'common', atc: '3456' },
      result: 'F3A65095C3B854A4173F9886BCA45473',
    },
    {
      values: { key: '0D2E3CB0BC1F9E03AED58F663A2F9679', scheme: 'pboc', atc: '000E' },
      result: 'C3D3F062E9992B4E923D338D66193526',
    },
    {
      values: { ...holder, level: 'issuer', scheme: 'common', atc: '3456' },
      result: 'F3A65095C3B854A4173F9886BCA45473',
    },
  ],
  arqc: [
    { values: { ...holder, scheme: 'none', padding: 'zeros', data: jposData }, result: '26C8A1042D1CAF3E' },
    { values: { ...holder, scheme: 'common', atc: '3456', data: jposData }, result: '55BE45DD2C9E0CBF' },
    {
      values: { ...holder, scheme: 'mchip', atc: '3456', unpredictable: '11111111', data: jposData },
      result: 'AC8074C9E62EE6EF',
    },
  ],
  arpc: [
    {
      values: { ...holder, scheme: 'common', atc: '3456', arqc: '55BE45DD2C9E0CBF', code: '0012' },
      result: '01BAE8DE6A0DE9E0',
    },
    {
      values: { ...holder, scheme: 'common', atc: '3456', method: '2', arqc: '55BE45DD2C9E0CBF', code: '00120000' },
      result: 'B4C698B6',
    },
  ],
  'emv-script-mac': [
    {
      values: {
        key: 'FEDCBA98765432100123456789ABCDEF',
        pan: '1234567890123456',
        pan_check: 'any',
        option: 'B',
        scheme: 'visa',
        atc: '001C',
        data: '8418000008 001C 29CCA15AE665FA2E',
      },
      result: 'DB56BA60087CEFD3',
    },
  ],
  'tr31-wrap': [
    {
      values: {
        protection: '89E88CF7931444F334BD7547FC3F380C',
        header: 'A0072P0TE00E0000',
        key: 'F039121BEC83D26B169BDCD5B22AAF8F',
        padding: '720DF563BB07',
      },
      result: 'A0072P0TE00E0000F5161ED902807AF26F1D62263644BD24192FDB3193C730301CEE8701',
    },
  ],
  'tr31-unwrap': [
    {
      values: {
        protection: '1D22BF32387C600AD97F9B97A51311AC',
        block:
          'B0104B0TX12S0100KS1800604B120F9292800000BB68BE8680A400D9191AD4ECE45B6E6C0D21C4738A52190E248719E24B433627',
      },
      result: 'E8BC63E5479455E26577F715D587FE68',
    },
  ],
  sm3: [
    {
      values: { text: 'abc' },
      result: '66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0',
    },
    {
      values: { data: '616263' },
      result: '66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0',
    },
  ],
  sm4: [
    { values: { key: master, data: master }, result: '681EDF34D206965E86B3E94F536E4246' },
    { values: { key: master, direction: 'decrypt', data: '681EDF34D206965E86B3E94F536E4246' }, result: master },
  ],
  des: [
    {
      values: { key: jpos, mode: 'cbc', data: '00112233445566770011223344556677' },
      result: 'ABFA6F3C28A8CB0C99C22188F56DAE9F',
    },
    {
      values: { key: jpos, mode: 'cbc', direction: 'decrypt', data: 'ABFA6F3C28A8CB0C99C22188F56DAE9F' },
      result: '00112233445566770011223344556677',
    },
  ],
  aes: [
    {
      values: { key: '000102030405060708090A0B0C0D0E0F', data: '00112233445566778899AABBCCDDEEFF' },
      result: '69C4E0D86A7B0430D8CDB78070B4C55A',
    },
  ],
  'card-check': [{ values: { number: 'D2143569' }, result: 'X' }],
  'working-keys': [
    {
      values: {
        key: 'CA5D92598DCA48CE8A4C76361A9269E9',
        download: '6701EAD6A9AD51E51AA406E2C27FCFA9 8D0A74B8 B651F9E9BACE9AE1 0000000000000000 AB7153CA',
      },
      result: '807A23AD32B36D457AE91FDF927570EA 5BB5C72CD00B7338',
    },
  ],
  components: [
    {
      values: { components: 'E09B073B4007541FAB76B04370451031 4CBF5D51EA8525EF045EFED6E386D9D9' },
      result: 'AC245A6AAA8271F0AF284E9593C3C9E8',
    },
  ],
  'pki-pin': [
    {
      values: { pin: '123456', challenge: '178CEDCF32C5D7990216632170C7CD37' },
      result: '358B51056B9B9EB2C96B20E7DB7A6B8F',
    },
  ],
};
