import { eachApp } from '../../lib/app/neighbours';
import { chartIn, web } from '../support/apps';

test('apps that are there and apps that come are met once, in one tree', () => {
  const { chart } = chartIn();
  web(chart, 'one');
  const met: string[] = [];
  eachApp(chart, ({ name }) => met.push(name));
  web(chart, 'two');
  web(chartIn().chart, 'elsewhere');
  expect(met).toEqual(['one', 'two']);
});
