export { InstitutionPicker } from './InstitutionPicker';
export { PeoplePicker, type Picked } from './PeoplePicker';
export { PersonPicker } from './PersonPicker';
export { associationsQuery } from './associations';
export { classesQuery } from './classes';
export { InvitationPreview } from './InvitationPreview';
export { GroupPicker, type PickedGroup } from './GroupPicker';
