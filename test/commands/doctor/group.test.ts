import { MISTAKES_OF_GROUP } from './mistakes/group.ts';
import { testMistakes, useStage } from './stage.ts';

testMistakes(useStage(), MISTAKES_OF_GROUP);
