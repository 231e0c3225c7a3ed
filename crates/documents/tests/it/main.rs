mod certificate;
mod docx_blocks;
mod minutes;
mod picture;
mod portfolio;
mod presence;
mod project;
mod reader;
