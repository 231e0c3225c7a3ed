//! Closed lists of words as the OpenAPI document shows them, so that the client's types are
//! closed too. The rules use the enums of `kafedra-model`; the test below holds both together.

use utoipa::ToSchema;

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Methodologist,
    Official,
    Director,
    Coordinator,
    AssociationHead,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ScopeKind {
    City,
    Institution,
    Association,
    Event,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum InstitutionKind {
    School,
    Kindergarten,
    ExtendedEducation,
    MethodCentre,
    Committee,
    Other,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum PositionGroup {
    Teaching,
    Management,
    Support,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum InvitationKind {
    Link,
    Reset,
    Slip,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Locale {
    Ru,
    En,
}

#[cfg(test)]
mod tests {
    use kafedra_model as model;
    use utoipa::PartialSchema;

    #[track_caller]
    fn check<T: PartialSchema>(words: impl IntoIterator<Item = &'static str>) {
        let schema = serde_json::to_value(T::schema()).unwrap_or_default();
        let expected: Vec<_> = words.into_iter().collect();
        assert_eq!(schema["enum"], serde_json::json!(expected));
    }

    #[test]
    fn the_document_lists_the_words_of_the_rules() {
        check::<super::Role>(model::Role::ALL.map(model::Role::as_str));
        check::<super::InstitutionKind>(
            model::InstitutionKind::ALL.map(model::InstitutionKind::as_str),
        );
        check::<super::Locale>([model::Locale::Ru, model::Locale::En].map(model::Locale::as_str));
    }
}
