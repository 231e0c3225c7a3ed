export { InstitutionPicker } from './InstitutionPicker';
export { PeoplePicker, type Picked } from './PeoplePicker';
