import { beforeAll } from 'vitest';
import { useCpu } from '../cpu';
import { gradientTests } from './gradient-tests';

beforeAll(useCpu);
gradientTests('the cpu');
