import { Network } from '../../lib/values/ip-network';

const net = (text: string): Network => Network.parse(text) as Network;

test.each([
  '10.0.0.0/8',
  '10.1.2.3',
  '0.0.0.0/0',
  '255.255.255.255/32',
  '::/0',
  '::1',
  'fd00::/8',
  '2001:db8::1:2',
  '1:2:3:4:5:6:7:8/64',
])('%s is a network, and is written as it was', (text) => {
  expect(net(text).toString()).toBe(text);
});

test.each([
  '',
  '10.0.0',
  '10.0.0.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.0/33',
  '10.0.0.0/x',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  'fd00:::/8',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::8',
  '12345::',
  'g::',
  '::/129',
  'example.com',
])('`%s` is none', (text) => {
  expect(Network.parse(text)).toBeUndefined();
});

test.each([
  ['10.0.0.0/8', '10.255.0.0/16', true],
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '11.0.0.0/16', false],
  ['10.0.0.0/16', '10.0.0.0/8', false],
  ['10.1.2.3', '10.1.2.3/32', true],
  ['10.1.2.3', '10.1.2.4', false],
  ['10.1.2.0/25', '10.1.2.127', true],
  ['10.1.2.0/25', '10.1.2.128', false],
  ['0.0.0.0/0', '203.0.113.7', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', 'fd00::1', true],
  ['fd00::/8', 'fdff:ffff::/32', true],
  ['fd00::/8', 'fe00::/8', false],
  ['10.9.9.9/8', '10.0.0.1', true],
])('%s contains %s: %s', (one, other, contains) => {
  expect(net(one).contains(net(other))).toBe(contains);
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.0.0.0/9', '10.128.0.0/9', false],
])('%s overlaps %s: %s', (one, other, overlaps) => {
  expect(net(one).overlaps(net(other))).toBe(overlaps);
});

test('everything is all addresses of a family', () => {
  expect([net('0.0.0.0/0'), net('::/0'), net('0.0.0.0/1')].map((one) => [one.isEverything, one.family])).toEqual([
    [true, 4],
    [true, 6],
    [false, 4],
  ]);
});
